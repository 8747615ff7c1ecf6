import { useTranslation } from 'react-i18next'

import type { JobProgress } from '@/src/domain/job'
import type { Currency } from '@/src/domain/money'

import { Skeleton } from '../../components/skeleton'
import { amountParts, UNKNOWN_MARK } from '../../text/format'
import type { GlanceTotals } from '../../view/glance-view'
import { JobSummary } from './job-summary'
import { inWords, lacksPoints, TotalCaption } from './total-caption'

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
  const label = t(
    `total.${figure !== null ? 'switch' : lacksPoints(balance) ? 'none-in-points' : 'unknown'}`,
    values,
  )
  return (
    <section className="relative shrink-0 px-3 pt-2 pb-2.5" aria-label={t('total.balance')}>
      {loading ? (
        <Skeleton className="my-1 h-7 w-40" />
      ) : (
        <button
          type="button"
          onClick={onNext}
          title={label}
          aria-label={label}
          className="-ml-1 block max-w-full truncate rounded-control px-1 text-28 font-semibold tabular-nums hover:bg-hover"
        >
          {balance.known === null ? (
            UNKNOWN_MARK
          ) : (
            <Figure sum={balance.known} atLeast={balance.partial > 0} currency={currency} />
          )}
        </button>
      )}
      {loading ? <p className="h-4" /> : <TotalCaption totals={totals} currency={currency} />}
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
