import { useTranslation } from 'react-i18next'

import type { JournalEntry, JournalLine, LineState } from '@/src/domain/journal'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { useFailureText } from '../../text/failure-text'
import { formatCount } from '../../text/format'
import { hrefOf } from '../shell/route'
import type { CheckInEntry } from './entries'

/** How many accounts are listed before the rest is only counted. */
const LISTED = 5

/** In the order the result tells them. */
const TOLD: readonly LineState[] = [
  'done',
  'done-earlier',
  'needs-you',
  'failed',
  'not-done',
  'unknown',
  'not-offered',
  'skipped',
  'waiting',
]

const FAILED: ReadonlySet<LineState> = new Set(['failed', 'not-done', 'unknown'])

interface Props {
  run: JournalEntry
  entries: readonly CheckInEntry[]
  onDismiss: () => void
}

/**
 * What came of a run: a line of counts, and each account that did not get through with its cause. What
 * can be done about them stands above the list.
 */
export function RunResult({ run, entries, onDismiss }: Props) {
  const { t, i18n } = useTranslation('check-in')
  if (run.failure) return <FailureNotice failure={run.failure} />
  const counts = TOLD.flatMap((state) => {
    const { length } = run.lines.filter((line) => line.state === state)
    return length === 0
      ? []
      : [t(`result.${state}`, { number: formatCount(length, i18n.language) })]
  })
  const failed = run.lines.filter(({ state }) => FAILED.has(state))
  const waiting = run.lines.filter(({ state }) => state === 'needs-you')
  const ended = run.state === 'stopped' || run.state === 'interrupted' ? run.state : null
  return (
    <Notice
      tone={failed.length + waiting.length > 0 || ended ? 'attention' : 'good'}
      title={counts.join(' · ') || t('result.nothing')}
      action={
        <Button size="s" variant="ghost" onClick={onDismiss}>
          {t('result.dismiss')}
        </Button>
      }
    >
      {ended && <p>{t(`result.ended.${ended}`)}</p>}
      <Causes lines={[...failed, ...waiting]} entries={entries} />
    </Notice>
  )
}

function Causes({
  lines,
  entries,
}: {
  lines: readonly JournalLine[]
  entries: readonly CheckInEntry[]
}) {
  const { t } = useTranslation('check-in')
  const words = useFailureText()
  const told = lines.flatMap((line) => {
    const account = entries.find(({ id }) => id === line.id)?.account
    return account ? [{ ...line, account }] : []
  })
  if (told.length === 0) return null
  const rest = told.length - LISTED
  return (
    <ul>
      {told.slice(0, LISTED).map(({ id, state, failure, account }) => (
        <li key={id}>
          <a className="font-medium underline" href={hrefOf({ page: 'check-in', account: id })}>
            {account.title}
          </a>{' '}
          <span className="text-text-2">
            {failure?.reason === 'turnstile'
              ? t('why.turnstile')
              : failure
                ? words(failure, account.host).title
                : t(`state.${state === 'unknown' || state === 'needs-you' ? state : 'not-done'}`)}
          </span>
        </li>
      ))}
      {rest > 0 && <li className="text-text-2">{t('more', { count: rest })}</li>}
    </ul>
  )
}
