import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { type FailureWords, useFailureText } from '../text/failure-text'
import { failureReport, type ReportSubject } from '../text/trace-text'
import { Button } from './button'
import { Notice } from './notice'

interface Props {
  failure: Failure
  siteName?: string | undefined
  /** The next step, as a button. */
  action?: ReactNode
  /** What the copied report tells of the site. */
  subject?: ReportSubject | undefined
  /** Instead of the words every failure has. */
  words?: FailureWords | undefined
}

/** What happened, why, what to do now, and codes to copy into a report. */
export function FailureNotice({ failure, siteName, action, subject, words: given }: Props) {
  const { t } = useTranslation('common')
  const textOf = useFailureText()
  const words = given ?? textOf(failure, siteName)
  const [copied, setCopied] = useState(false)

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(failureReport(failure, subject))
    setCopied(true)
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
      {words.resumes !== null && <p className="text-text-2">{words.resumes}</p>}
    </Notice>
  )
}
