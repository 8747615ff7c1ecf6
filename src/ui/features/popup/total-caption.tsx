import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency, Total as Sum } from '@/src/domain/money'

import { Age } from '../../components/age'
import { formatAmount, formatCount } from '../../text/format'
import type { GlanceTotals } from '../../view/glance-view'

/** From here on, the oldest figure in a total is worth telling apart from the newest. */
const SPREAD_MS = 3_600_000

/** Below the one figure: today's use, what is unknown, how old it is, what has no points. */
export function TotalCaption({ totals, currency }: { totals: GlanceTotals; currency: Currency }) {
  const { t, i18n } = useTranslation('popup')
  const { balance, today, newestAtMs } = totals
  const used = inWords(today, currency, i18n.language)
  const all = balance.counted + balance.unknown + balance.inconvertible
  return (
    <>
      <p className="flex h-4 items-center gap-1.5 overflow-hidden text-12 whitespace-nowrap text-text-2">
        {lacksPoints(today) ? null : (
          <Part>
            {used === null ? t('total.today-unknown') : t('total.today', { figure: used })}
          </Part>
        )}
        {balance.unknown === 0 ? null : (
          <Part hint={t('total.left-out-hint')}>
            {t('total.left-out', { unknown: balance.unknown, all })}
          </Part>
        )}
        {newestAtMs === undefined ? null : (
          <Part isLast>
            <Ages newestAtMs={newestAtMs} oldestAtMs={totals.oldestAtMs ?? newestAtMs} />
          </Part>
        )}
      </p>
      {balance.inconvertible === 0 ? null : (
        <p title={t('total.no-points-hint')} className="truncate text-12 text-text-2">
          {t('total.no-points', { number: formatCount(balance.inconvertible, i18n.language) })}
        </p>
      )}
    </>
  )
}

/** How old the figures are: the newest, and the oldest where that is far from it. */
function Ages({ newestAtMs, oldestAtMs }: { newestAtMs: number; oldestAtMs: number }) {
  const { t } = useTranslation('popup')
  return (
    <>
      <Age atMs={newestAtMs} />
      {newestAtMs - oldestAtMs < SPREAD_MS ? null : (
        <>
          {`, ${t('total.oldest')} `}
          <Age atMs={oldestAtMs} />
        </>
      )}
    </>
  )
}

interface PartProps {
  hint?: string
  /** Gives way where there is no room. */
  isLast?: boolean
  children: ReactNode
}

/** One thing the caption says; a dot stands between two of them. */
function Part({ hint, isLast = false, children }: PartProps) {
  return (
    <span
      className={`flex gap-1.5 first:*:aria-hidden:hidden ${isLast ? 'min-w-0 text-text-3' : 'shrink-0'}`}
    >
      <span aria-hidden className="text-text-3">
        {'·'}
      </span>
      <span title={hint} className="truncate">
        {children}
      </span>
    </span>
  )
}

/** There are amounts, and none of them has points. */
export function lacksPoints(sum: Sum): boolean {
  return sum.known === null && sum.inconvertible > 0 && sum.unknown === 0
}

/** `null` = nothing is known, which is not the same as nothing. */
export function inWords(sum: Sum, currency: Currency, locale: string): string | null {
  if (sum.known === null) return null
  const figure = formatAmount(sum.known, currency, locale)
  return sum.partial > 0 ? `≥ ${figure}` : figure
}
