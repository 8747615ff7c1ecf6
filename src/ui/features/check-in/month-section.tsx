import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { OutputOf } from '@/src/messaging/protocol'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { IconButton } from '../../components/icon-button'
import { Skeleton } from '../../components/skeleton'
import { useNow } from '../../components/use-now'
import { checkInMonthQuery } from '../../queries/check-in'
import { dateFormat, formatCount } from '../../text/format'
import { DayList } from './day-list'
import type { CheckInEntry } from './entries'
import { dateOf, monthOf, shiftMonth } from './month'
import { MonthTable } from './month-table'

/** One month of an account's check-ins: a calendar, what the site counts, and the days as a list. */
export function MonthSection({ entry }: { entry: CheckInEntry }) {
  const { t, i18n } = useTranslation('check-in')
  const thisMonth = monthOf(useNow())
  const [month, setMonth] = useState(thisMonth)
  const { data, error, isFetching, refetch } = useQuery({
    ...checkInMonthQuery(entry.id, month, entry.row.mark?.atMs ?? 0),
    // The days stay while they are read again; those of another month never stand in for them.
    placeholderData: (before, query) => (query?.queryKey[2] === month ? before : undefined),
  })
  const name = dateFormat(i18n.language, { year: 'numeric', month: 'long' }).format(
    dateOf(`${month}-01`),
  )
  return (
    <section className="flex flex-col gap-3" aria-busy={isFetching}>
      <div className="flex items-center gap-2">
        <h3 aria-live="polite" className="flex-1 font-semibold">
          {name}
        </h3>
        <IconButton
          icon={ChevronLeft}
          label={t('month.earlier')}
          onClick={() => {
            setMonth(shiftMonth(month, -1))
          }}
        />
        <IconButton
          icon={ChevronRight}
          label={t('month.later')}
          disabled={month >= thisMonth}
          onClick={() => {
            setMonth(shiftMonth(month, 1))
          }}
        />
      </div>
      {data ? (
        <>
          <MonthTable month={month} name={name} days={data.days} account={entry.account} />
          <Told data={data} entry={entry} />
          <DayList days={data.days} account={entry.account} />
        </>
      ) : error ? (
        <FailureNotice
          failure={failureOf(error)}
          siteName={entry.account.host}
          action={
            <Button size="s" onClick={() => void refetch()}>
              {t('action.retry')}
            </Button>
          }
        />
      ) : (
        <div role="status">
          <span className="sr-only">{t('month.loading')}</span>
          <Skeleton className="h-20 w-full" />
        </div>
      )}
    </section>
  )
}

/** Where the days come from, and what the site counts. */
function Told({ data, entry }: { data: OutputOf<'checkIn.month'>; entry: CheckInEntry }) {
  const { t, i18n } = useTranslation('check-in')
  const streak = data.streak ?? entry.row.streak
  const total = data.total ?? entry.row.total
  const parts = [
    t(data.fromSite ? 'month.from-site' : 'month.from-here'),
    ...(streak === undefined ? [] : [t('month.streak', { count: streak })]),
    ...(total === undefined
      ? []
      : [t('month.total', { number: formatCount(total, i18n.language) })]),
  ]
  return <p className="text-12 text-text-2">{parts.join(' · ')}</p>
}
