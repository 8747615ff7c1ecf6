import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LineState } from '@/src/domain/journal'

import { Button } from '../../components/button'
import { ProgressRing } from '../../components/progress-ring'
import { checkInQuery, isOpenRun } from '../../queries/check-in'
import { useCheckInChange } from '../../queries/check-in-mutations'
import { useFailureText } from '../../text/failure-text'

/** A button that turns into progress, and then into what came of it. */
export function CheckInRun({ isLeft }: { isLeft: boolean }) {
  const { t } = useTranslation('popup')
  const words = useFailureText()
  const { data } = useQuery(checkInQuery())
  const start = useCheckInChange('checkIn.run')
  const [seen, setSeen] = useState<string | null>(null)
  const run = data?.run
  if (isOpenRun(run)) {
    if (run.id !== seen) setSeen(run.id)
    const total = run.lines.length
    const values = { done: total - count(run.lines, ['waiting']), total }
    return (
      <span className="flex items-center gap-1.5 pr-2 text-12 text-text-2 tabular-nums">
        <ProgressRing value={values.done} max={total} label={t('check-in.run')} />
        <span aria-hidden>{t('refresh.count', values)}</span>
      </span>
    )
  }
  // How one ended that this popup has not seen running is no news.
  const ended = run?.id === seen ? run : null
  const told = start.failure
    ? words(start.failure).title
    : ended
      ? t('check-in.result', {
          done: count(ended.lines, ['done', 'done-earlier']),
          failed: count(ended.lines, ['failed', 'not-done', 'unknown']),
        })
      : null
  return (
    <>
      <span role="status" className="max-w-40 truncate pr-2 text-12 text-text-2 empty:hidden">
        {told}
      </span>
      {isLeft && told === null ? (
        <Button size="s" busy={start.busy} onClick={() => void start.run({})}>
          {t('check-in.run')}
        </Button>
      ) : null}
    </>
  )
}

function count(
  lines: readonly { readonly state: LineState }[],
  states: readonly LineState[],
): number {
  return lines.filter(({ state }) => states.includes(state)).length
}
