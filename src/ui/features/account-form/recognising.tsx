import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ProgressRing } from '../../components/progress-ring'

const SLOW_AFTER_MS = 10_000

/** What is shown while a site is looked at. */
export function Recognising({ host }: { host: string }) {
  const { t } = useTranslation('account-form')
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSlow(true)
    }, SLOW_AFTER_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [])
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="flex items-center gap-3 text-15 font-medium">
        <ProgressRing />
        {t('recognising.title', { host })}
      </p>
      <p className="text-text-2">{t('recognising.what')}</p>
      {slow && <p className="text-text-2">{t('recognising.slow')}</p>}
    </div>
  )
}
