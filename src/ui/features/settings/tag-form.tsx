import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import type { Tag } from '@/src/domain/credential'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { TextField } from '../../components/text-field'
import { useCredentialChange } from '../../queries/credential-mutations'
import { focusField } from '../account-form/focus-field'
import { isWithin, numberIn } from './number-text'

/** As the tag record holds it. */
const LONGEST = 60

const LIMITS = AUTOMATION_LIMITS.lowBalanceUsd

/** Name and threshold of a tag, where its line was. */
export function TagForm({ tag, onDone }: { tag: Tag; onDone: () => void }) {
  const { t } = useTranslation('settings')
  const stored = tag.lowBalanceUsd ?? null
  const edit = useCredentialChange('tags.edit')
  const [name, setName] = useState(tag.name)
  const [low, setLow] = useState(stored === null ? '' : String(stored))
  const [isTried, setTried] = useState(false)
  const { failure } = edit
  const isAtName = failure?.class === 'input'
  const lowBalanceUsd = low.trim() === '' ? null : numberIn(low)
  const isLowWrong = lowBalanceUsd !== null && !isWithin(lowBalanceUsd, LIMITS)

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    setTried(true)
    if (isLowWrong) {
      focusField(form, 'tagLowBalance')
      return
    }
    if (name.trim() === tag.name && lowBalanceUsd === stored) {
      onDone()
      return
    }
    const done = await edit.run({ id: tag.id, name: name.slice(0, LONGEST), lowBalanceUsd })
    if (done.ok) onDone()
    else if (done.failure.class === 'input') focusField(form, 'tagName')
  }

  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
      }}
      className="flex flex-1 flex-col gap-3 py-2"
    >
      <TextField
        label={t('tags.name')}
        name="tagName"
        value={name}
        error={
          isAtName
            ? t(failure.reason === 'duplicate-tag' ? 'tags.duplicate' : 'tags.name-missing')
            : undefined
        }
        onChange={(next) => {
          edit.reset()
          setName(next)
        }}
        autoFocus
      />
      <TextField
        label={t('tags.low-balance')}
        help={t('tags.low-balance-help')}
        name="tagLowBalance"
        inputMode="decimal"
        value={low}
        error={isTried && isLowWrong ? t('tags.low-balance-wrong') : undefined}
        onChange={(next) => {
          setTried(false)
          setLow(next)
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={edit.busy}>
          {t('tags.save')}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {t('tags.cancel')}
        </Button>
      </div>
      {failure && !isAtName && <FailureNotice failure={failure} />}
    </form>
  )
}
