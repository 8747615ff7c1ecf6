import { useTranslation } from 'react-i18next'

import type { Total } from '@/src/domain/money'

import { useNow } from '../../components/use-now'
import { formatAmount, formatCount, UNKNOWN_MARK } from '../../text/format'
import { type CredentialEntry, totalsOf } from './credential-entries'

/** How many credentials there are, and what those that tell add up to. */
export function TotalsLine({ entries }: { entries: readonly CredentialEntry[] }) {
  const { t, i18n } = useTranslation('credentials')
  const totals = totalsOf(entries, useNow())
  const number = (count: number) => formatCount(count, i18n.language)
  return (
    <div role="group" aria-label={t('totals.label')}>
      <dl className="flex flex-wrap items-baseline gap-x-6 gap-y-1 tabular-nums">
        <Part name={t('totals.credentials')} figure={number(totals.credentials)} />
        <Part name={t('totals.base-addresses')} figure={number(totals.baseAddresses)} />
        <Part name={t('totals.healthy')} figure={number(totals.healthy)} />
        <Sum
          name={t('totals.balance')}
          total={totals.balance}
          note={
            totals.unlimited > 0 ? t('totals.unlimited', { number: number(totals.unlimited) }) : ''
          }
        />
        <Sum name={t('totals.today')} total={totals.today} note="" />
      </dl>
    </div>
  )
}

/** A sum of what is known, and of how many nothing is. */
function Sum({ name, total, note }: { name: string; total: Total; note: string }) {
  const { t, i18n } = useTranslation('credentials')
  const { known, unknown, counted, partial } = total
  const number = (count: number) => formatCount(count, i18n.language)
  const amount = known === null ? UNKNOWN_MARK : formatAmount(known, 'USD', i18n.language)
  const missing =
    unknown > 0
      ? [t('totals.unknown', { unknown: number(unknown), of: number(counted + unknown) })]
      : []
  return (
    <Part
      name={name}
      figure={partial > 0 ? `≥ ${amount}` : amount}
      note={[...missing, ...(note === '' ? [] : [note])].join(', ')}
    />
  )
}

function Part({ name, figure, note = '' }: { name: string; figure: string; note?: string }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-text-2">{name}</dt>
      <dd>
        <strong className="text-15 font-semibold">{figure}</strong>
        {note !== '' && <span className="ms-2 text-12 text-text-2">{note}</span>}
      </dd>
    </div>
  )
}
