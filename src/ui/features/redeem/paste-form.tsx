import { type SubmitEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { CodeOffer } from '@/src/domain/redemption'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Field } from '../../components/field'
import { Notice } from '../../components/notice'
import { RadioGroup } from '../../components/radio-group'
import { useRedeemChange } from '../../queries/redeem'

/** As the worker's door takes it. */
const LONGEST = 100_000

interface Props {
  /** Whether finding codes is the next thing to do on the page. */
  isPrimary: boolean
  onFound: (offer: CodeOffer) => void
}

/** Takes a text that has codes in it. Nothing is read that was not put in here. */
export function PasteForm({ isPrimary, onFound }: Props) {
  const { t } = useTranslation('redeem')
  // Not a controlled field: React would write the codes into the document, where they can be read.
  const field = useRef<HTMLTextAreaElement>(null)
  const [mode, setMode] = useState<'strict' | 'loose'>('strict')
  /** What came of the last try, if it brought no codes. */
  const [missed, setMissed] = useState<'empty' | 'strict' | 'loose' | null>(null)
  const recognise = useRedeemChange('redeem.recognise')

  async function find(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const text = field.current?.value ?? ''
    setMissed(text.trim() === '' ? 'empty' : null)
    if (text.trim() === '') {
      field.current?.focus()
      return
    }
    const found = await recognise.run({ text, loose: mode === 'loose' })
    if (!found.ok) return
    if (found.value.codes.length === 0) {
      setMissed(mode)
      return
    }
    if (field.current) field.current.value = ''
    onFound(found.value)
  }

  return (
    <form noValidate onSubmit={(event) => void find(event)} className="flex flex-col gap-4">
      <Field
        label={t('paste.label')}
        help={t('paste.help')}
        error={missed === 'empty' ? t('paste.empty') : undefined}
      >
        {(wiring) => (
          <textarea
            {...wiring}
            ref={field}
            name="codes"
            // Or the browser keeps what is typed in its own files, to restore the page from.
            autoComplete="off"
            spellCheck={false}
            rows={4}
            maxLength={LONGEST}
            onInput={() => {
              setMissed(null)
            }}
            className="w-full rounded-control border border-line-strong bg-raised px-2.5 py-1.5 font-mono text-13 text-text aria-invalid:border-bad"
          />
        )}
      </Field>
      <RadioGroup
        legend={t('paste.mode')}
        name="mode"
        value={mode}
        onChange={setMode}
        options={[
          { value: 'strict', label: t('paste.strict'), help: t('paste.strict-help') },
          { value: 'loose', label: t('paste.loose'), help: t('paste.loose-help') },
        ]}
      />
      {(missed === 'strict' || missed === 'loose') && (
        <Notice tone="attention" title={t('paste.none')}>
          {t(`paste.none-${missed}`)}
        </Notice>
      )}
      {recognise.failure && <FailureNotice failure={recognise.failure} />}
      <div>
        <Button type="submit" variant={isPrimary ? 'primary' : 'plain'} busy={recognise.busy}>
          {t('paste.find')}
        </Button>
      </div>
    </form>
  )
}
