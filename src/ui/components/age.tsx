import { useTranslation } from 'react-i18next'

import { formatAge, formatExact } from '../text/format'
import { useNow } from './use-now'

/** How long ago something was; the exact time on hover. */
export function Age({ atMs }: { atMs: number }) {
  const { i18n } = useTranslation('common')
  const now = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, i18n.language)}>
      {formatAge(atMs, now, i18n.language)}
    </time>
  )
}
