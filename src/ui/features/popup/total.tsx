import { useTranslation } from 'react-i18next'

import type { JobProgress } from '@/src/domain/job'
import type { Currency, Total as Sum } from '@/src/domain/money'

import { Age } from '../../components/age'
import { Skeleton } from '../../components/skeleton'
import { amountParts, formatAmount, UNKNOWN_MARK } from '../../text/format'
import type { GlanceTotals } from '../../view/glance-view'
import { JobSummary } from './job-summary'

/** From here on, the oldest figure in a total is worth telling apart from the newest. */
const SPREAD_MS = 3_600_000

interface Props {
  totals: GlanceTotals
  loading: boolean
  currency: Currency
  /** What a click on the figure changes to. */
  next: Currency
  onNext: () => void
  job: JobProgress | null
}

/** The one figure; below it what it does not say: today's use, what is unknown, how old it is. */
export function Total({ totals, loading, currency, next, onNext, job }: Props) {
  const { t, i18n } = useTranslation('popup')
  const { balance } = totals
  const figure = inWords(balance, currency, i18n.language)
  const values = { figure: figure ?? '', currency: t(`currency.${next}`) }
  return (
    <section className="relative shrink-0 px-3 pt-2 pb-2.5" aria-label={t('total.balance')}>
      {loading ? (
        <Skeleton className="my-1 h-7 w-40" />
      ) : (
        <button
          type="button"
          onClick={onNext}
          title={t(figure === null ? 'total.unknown' : 'total.switch', values)}
          aria-label={t(figure === null ? 'total.unknown' : 'total.switch', values)}
          className="-ml-1 block max-w-full truncate rounded-control px-1 text-28 font-semibold tabular-nums hover:bg-hover"
        >
          {balance.known === null ? (
            UNKNOWN_MARK
          ) : (
            <Figure sum={balance.known} atLeast={balance.partial > 0} currency={currency} />
          )}
        </button>
      )}
      <p className="flex h-4 items-center gap-1.5 overflow-hidden text-12 whitespace-nowrap text-text-2">
        {loading ? null : <Caption totals={totals} currency={currency} />}
      </p>
      <JobSummary job={job} />
    </section>
  )
}

function Figure(props: { sum: number; atLeast: boolean; currency: Currency }) {
  const { i18n } = useTranslation('popup')
  const { figure, unit } = amountParts(props.sum, props.currency, i18n.language)
  return (
    <>
      {props.atLeast ? '≥ ' : ''}
      {figure}
      {unit === '' ? null : <span className="text-13 font-normal text-text-2">{` ${unit}`}</span>}
    </>
  )
}

function Caption({ totals, currency }: { totals: GlanceTotals; currency: Currency }) {
  const { t, i18n } = useTranslation('popup')
  const { balance, today, oldestAtMs, newestAtMs } = totals
  const used = inWords(today, currency, i18n.language)
  const all = balance.counted + balance.unknown
  return (
    <>
      <span>{used === null ? t('total.today-unknown') : t('total.today', { figure: used })}</span>
      {balance.unknown === 0 ? null : (
        <>
          <Dot />
          <span title={t('total.left-out-hint')}>
            {t('total.left-out', { unknown: balance.unknown, all })}
          </span>
        </>
      )}
      {newestAtMs === undefined || oldestAtMs === undefined ? null : (
        <>
          <Dot />
          <span className="truncate text-text-3">
            <Age atMs={newestAtMs} />
            {newestAtMs - oldestAtMs < SPREAD_MS ? null : (
              <>
                {`, ${t('total.oldest')} `}
                <Age atMs={oldestAtMs} />
              </>
            )}
          </span>
        </>
      )}
    </>
  )
}

function Dot() {
  return (
    <span aria-hidden className="text-text-3">
      {'·'}
    </span>
  )
}

/** `null` = nothing is known, which is not the same as nothing. */
function inWords(sum: Sum, currency: Currency, locale: string): string | null {
  if (sum.known === null) return null
  const figure = formatAmount(sum.known, currency, locale)
  return sum.partial > 0 ? `≥ ${figure}` : figure
}
