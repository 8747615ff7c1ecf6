import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { KeyRef } from '@/src/domain/api-key'
import { cutToBytes } from '@/src/domain/key-draft'
import { type Rates, shownCurrency } from '@/src/domain/money'

import { FailureNotice } from '../../components/failure-notice'
import { SelectField } from '../../components/select-field'
import { useKeyChange } from '../../queries/key-mutations'
import { useSettings } from '../../queries/settings'
import { hostOf } from '../../view/glance-view'
import { emptyValues, type KeyOptions, valuesOf } from './form-values'
import type { KeyEntry, KeySection } from './key-entries'
import { KeyFields } from './key-fields'
import { type FormPanelParts, KeyFormPanel, WithOptions } from './key-form-panel'
import { useCreateForm } from './use-key-form'

/** A key that was just made. */
export interface MadeKey {
  readonly name: string
  readonly section: KeySection
  /** `null`: made, but it cannot be told from others. */
  readonly key: KeyRef | null
}

interface Props {
  sections: readonly KeySection[]
  /** Chosen at the start; `''` = none. */
  accountId: string
  /** A key whose limits the new one takes over. */
  model?: KeyEntry | undefined
  onClose: () => void
  onDirty: (dirty: boolean) => void
  onMade: (made: MadeKey) => void
  onMany: () => void
}

/** Creates a key, empty or after the model of another one. */
export function CreatePanel({ sections, accountId, model, onClose, onDirty, ...rest }: Props) {
  const { t } = useTranslation('keys')
  const able = sections.filter(({ list }) => list.features.create.length > 0)
  const [chosen, setChosen] = useState(able.length === 1 ? able[0]?.account.id : accountId)
  const section = able.find(({ account }) => account.id === chosen)
  return (
    <KeyFormPanel
      title={model ? t('form.duplicate', { name: model.row.name }) : t('form.create')}
      submit={t('action.create')}
      ready={section !== undefined}
      onClose={onClose}
      onDirty={onDirty}
    >
      {(parts) => (
        <div className="flex flex-col gap-4">
          <SelectField
            label={t('field.account')}
            name="account"
            required
            value={section?.account.id ?? ''}
            onChange={setChosen}
            options={[
              ...(section ? [] : [{ value: '', label: t('form.choose-account') }]),
              ...able.map(({ account }) => ({
                value: account.id,
                label: [account.name, account.username].filter(Boolean).join(' · '),
              })),
            ]}
            help={
              able.length > 1 && !model ? (
                <button type="button" className="underline" onClick={rest.onMany}>
                  {t('form.for-many')}
                </button>
              ) : undefined
            }
          />
          {section && (
            <WithOptions key={section.account.id} account={section.account}>
              {(options, rates) => (
                <CreateForm {...{ section, options, rates, model, parts }} onMade={rest.onMade} />
              )}
            </WithOptions>
          )}
        </div>
      )}
    </KeyFormPanel>
  )
}

interface FormProps extends Pick<Props, 'model' | 'onMade'> {
  section: KeySection
  options: KeyOptions
  rates: Rates
  parts: FormPanelParts
}

function CreateForm({ section, options, rates, model, parts, onMade }: FormProps) {
  const { t } = useTranslation('keys')
  const { currency } = useSettings().settings
  const create = useKeyChange('keys.create')
  const [start] = useState(() => {
    if (!model) return emptyValues(options, shownCurrency(rates, currency))
    const { row, account: owner } = model
    const name = cutToBytes(t('form.copy-of', { name: row.name }), options.features.nameBytes)
    return { ...valuesOf(row, owner, currency), name }
  })
  const { account } = section

  const { form, values, errors, change, submit } = useCreateForm({
    start,
    options,
    rates,
    failure: create.failure,
    onChange: () => {
      create.reset()
      parts.setState('changed')
    },
    onCreate: (draft, requestId) => {
      parts.setBusy(true)
      void create.run({ accountId: account.id, draft, requestId }).then((done) => {
        parts.setBusy(false)
        if (!done.ok) return
        parts.setState('saved')
        const { keyId } = done.value
        const key = keyId === null ? null : { accountId: account.id, keyId }
        onMade({ name: draft.name, section, key })
      })
    },
  })

  return (
    <form id={parts.formId} ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <KeyFields
        {...{ values, errors, options, rates }}
        fields={options.features.create}
        onChange={change}
      />
      {create.failure && Object.keys(errors).length === 0 && (
        <FailureNotice failure={create.failure} siteName={hostOf(account.origin)} />
      )}
    </form>
  )
}
