import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { API_TYPES, type ApiType } from '@/src/domain/api-types'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { SelectField } from '../../components/select-field'
import { TextField } from '../../components/text-field'
import { tagsQuery } from '../../queries/credentials'
import { CheckBox } from '../../components/check-box'
import { type CredentialChoice, saveCredentials } from './batch-work'
import type { KeyEntry } from './key-entries'
import type { BatchWork } from './use-batch'

/** As the credential's record holds it. */
const LONGEST_NAME = 120

interface Props {
  entries: readonly KeyEntry[]
  onClose: () => void
  onSave: (work: BatchWork) => void
}

/** Asks what keys are saved as among the credentials. */
export function CredentialDialog({ entries, onClose, onSave }: Props) {
  const { t } = useTranslation('keys')
  const [first] = entries
  const isOne = entries.length === 1
  const [name, setName] = useState(first ? nameOf(first) : '')
  const [apiType, setApiType] = useState<ApiType>(API_TYPES[0])
  const [tagIds, setTagIds] = useState<readonly string[]>(
    isOne ? (first?.account.tagIds ?? []) : [],
  )

  function save(): void {
    const choice: CredentialChoice = {
      apiType,
      tagIds,
      nameOf: (entry) => (isOne && name.trim() !== '' ? name.trim() : nameOf(entry)),
    }
    onSave(saveCredentials(entries, choice))
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('save.title', { count: entries.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" onClick={save}>
            {t('save.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-text-2">{t('save.meaning')}</p>
        {isOne && <TextField label={t('save.name')} name="name" value={name} onChange={setName} />}
        <SelectField
          label={t('save.type')}
          name="apiType"
          value={apiType}
          onChange={setApiType}
          options={API_TYPES.map((value) => ({ value, label: t(`api-type.${value}`) }))}
        />
        <TagChoice chosen={tagIds} onChange={setTagIds} />
      </div>
    </Dialog>
  )
}

interface TagProps {
  chosen: readonly string[]
  onChange: (tagIds: readonly string[]) => void
}

function TagChoice({ chosen, onChange }: TagProps) {
  const { t } = useTranslation('keys')
  const { data: tags = [] } = useQuery(tagsQuery())
  if (tags.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium">{t('save.tags')}</legend>
      <div className="flex max-h-40 flex-wrap gap-x-4 gap-y-2 overflow-y-auto">
        {tags.map(({ id, name }) => (
          <CheckBox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(checked) => {
              onChange(checked ? [...chosen, id] : chosen.filter((one) => one !== id))
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}

function nameOf({ row, account }: KeyEntry): string {
  return `${account.name} · ${row.name}`.slice(0, LONGEST_NAME)
}
