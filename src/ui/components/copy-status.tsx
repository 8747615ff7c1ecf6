import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCopyState } from './copy-secret'

/** Says that a secret was copied and when the clipboard is emptied again. */
export function CopyStatus() {
  const { t } = useTranslation('common')
  const { state, clearsAtMs } = useCopyState()
  return (
    <span className="flex min-w-0 items-baseline gap-2 text-12 text-text-2 empty:hidden">
      <span role="status" className="empty:hidden">
        {state !== 'none' && t(`clipboard.${state}`)}
      </span>
      {/* Counting aloud every second would be no help. */}
      {clearsAtMs !== null && (
        <span aria-hidden className="tabular-nums">
          <Countdown key={clearsAtMs} untilMs={clearsAtMs} />
        </span>
      )}
    </span>
  )
}

function Countdown({ untilMs }: { untilMs: number }) {
  const { t } = useTranslation('common')
  const [left, setLeft] = useState(() => secondsTo(untilMs))
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(secondsTo(untilMs))
    }, 1000)
    return () => {
      clearInterval(timer)
    }
  }, [untilMs])
  return t('clipboard.clears-in', { seconds: left })
}

function secondsTo(untilMs: number): number {
  return Math.max(0, Math.ceil((untilMs - Date.now()) / 1000))
}
