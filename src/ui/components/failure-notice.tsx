import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { failureDetails, useFailureText } from '../text/failure-text'
import { Button } from './button'
import { Notice } from './notice'

interface Props {
  failure: Failure
  siteName?: string | undefined
  /** The next step, as a button. */
  action?: ReactNode
  /** Called with the copied text, after it was copied. */
  onCopyDetails?: ((details: string) => void) | undefined
}

/** What happened, why, what to do now, and codes to copy into a report. */
export function FailureNotice({ failure, siteName, action, onCopyDetails }: Props) {
  const { t } = useTranslation('common')
  const words = useFailureText()(failure, siteName)
  const [copied, setCopied] = useState(false)

  async function copy(): Promise<void> {
    const details = failureDetails(failure)
    await navigator.clipboard.writeText(details)
    setCopied(true)
    onCopyDetails?.(details)
  }

  return (
    <Notice
      tone={failure.class === 'cancelled' ? 'info' : 'bad'}
      title={words.title}
      action={
        <>
          {action}
          <Button size="s" variant="ghost" onClick={() => void copy()}>
            {copied ? t('action.copied') : t('action.copy-details')}
          </Button>
        </>
      }
    >
      <p>{words.sentence}</p>
      <p className="text-text-2">{words.nextStep}</p>
    </Notice>
  )
}
