import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

import type { CheckInCounts } from '../../view/check-in-counts'
import { openPlace } from './open-pages'

/** Only for those who have check-ins, and after the first paint. */
const CheckInRun = lazy(async () => ({ default: (await import('./check-in-run')).CheckInRun }))

interface Props {
  counts: CheckInCounts
  /** The first paint is over: the automation may be asked. */
  ready: boolean
}

/** How the day's check-ins stand, which leads to their page, and the run of those not done. */
export function CheckInLine({ counts: { all, done, waiting }, ready }: Props) {
  const { t } = useTranslation('popup')
  if (all === 0) return null
  return (
    <div className="flex h-8 items-center gap-2 rounded-control bg-panel pr-1 text-13">
      <button
        type="button"
        onClick={() => void openPlace('/check-in')}
        className="h-8 min-w-0 flex-1 truncate rounded-control px-3 text-left hover:bg-hover"
      >
        {t('check-in.line', { done, all })}
        {waiting > 0 ? ` · ${t('check-in.wait', { count: waiting })}` : null}
      </button>
      <Suspense>{ready ? <CheckInRun isLeft={done < all} /> : null}</Suspense>
    </div>
  )
}
