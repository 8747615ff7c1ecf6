import { useTranslation } from 'react-i18next'

import type { KeyRow } from '@/src/domain/api-key'

import { useNow } from '../../components/use-now'
import { formatCount, formatDay, formatExact, UNKNOWN_MARK } from '../../text/format'
import type { KeyEntry } from './key-entries'

const DAY_MS = 86_400_000
/** From here on an expiry is worth a look. */
const SOON_MS = 7 * DAY_MS

/** In place of what is left of a key that has no limit. */
export function Unlimited() {
  const { t } = useTranslation('keys')
  return <span className="text-text-2">{t('value.unlimited')}</span>
}

/** When a key ends; what has ended or soon will stands out. */
export function Expiry({ atMs }: { atMs: number | null }) {
  const { t, i18n } = useTranslation('keys')
  const now = useNow()
  if (atMs === null) return <span className="text-text-3">{t('value.never')}</span>
  const tone = atMs <= now ? 'text-bad' : atMs - now < SOON_MS ? 'text-attention' : ''
  return (
    <time
      className={tone}
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs, i18n.language)}
    >
      {formatDay(atMs, now, i18n.language)}
    </time>
  )
}

/** The group a key is billed in, and its price multiplier where that is known. */
export function GroupName({ entry: { row, group } }: { entry: KeyEntry }) {
  const { t } = useTranslation('keys')
  const ratio = group?.ratio ?? null
  return (
    <span title={group?.description ?? undefined}>
      {row.group === '' ? (
        <span className="text-text-3">{t('value.own-group')}</span>
      ) : (
        <span>{row.group}</span>
      )}
      {ratio !== null && <span className="ms-1 text-text-2">{t('value.ratio', { ratio })}</span>}
    </span>
  )
}

/** How many models and addresses a key is limited to. */
export function LimitCounts({ row }: { row: KeyRow }) {
  const { t, i18n } = useTranslation('keys')
  const number = (count: number) => formatCount(count, i18n.language)
  const parts = [
    ...(row.modelLimits.length > 0
      ? [
          t('value.models', {
            count: row.modelLimits.length,
            number: number(row.modelLimits.length),
          }),
        ]
      : []),
    ...(row.ipLimits.length > 0
      ? [t('value.addresses', { count: row.ipLimits.length, number: number(row.ipLimits.length) })]
      : []),
  ]
  return parts.length === 0 ? (
    <span className="text-text-3">{t('value.no-limits')}</span>
  ) : (
    <span title={[...row.modelLimits, ...row.ipLimits].slice(0, 20).join('\n')}>
      {parts.join(' · ')}
    </span>
  )
}

/** A time the site may not tell. */
export function KeyTime({ atMs }: { atMs: number | null }) {
  const { t, i18n } = useTranslation('keys')
  const now = useNow()
  return atMs === null ? (
    <span className="text-text-3" title={t('value.not-told')}>
      {UNKNOWN_MARK}
    </span>
  ) : (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, i18n.language)}>
      {formatDay(atMs, now, i18n.language)}
    </time>
  )
}
