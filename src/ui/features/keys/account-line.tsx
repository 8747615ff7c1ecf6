import { ChevronDown, ChevronRight, Plus, RefreshCw } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { type Currency, sumMetrics, type Total } from '@/src/domain/money'

import { IconButton } from '../../components/icon-button'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import { useFailureText } from '../../text/failure-text'
import { formatAmount, formatCount, UNKNOWN_MARK } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import { goTo } from '../shell/use-route'
import type { KeyEntry, KeySection } from './key-entries'

export interface SectionActions {
  readonly toggleFolded: (accountId: string) => void
  readonly toggleAll: (entries: readonly KeyEntry[]) => void
  readonly load: (accountIds: readonly string[]) => void
}

interface Props extends RowPlace {
  section: KeySection
  shown: readonly KeyEntry[]
  folded: boolean
  /** How many of the shown keys are selected. */
  selected: number
  currency: Currency
  actions: SectionActions
}

/** The head of an account's keys: what they add up to, and what holds for all of them. */
export const AccountLine = memo(function AccountLine(props: Props) {
  const { index, startPx, section, shown, folded, selected, tabIndex, actions } = props
  const { account, list } = section
  const { t } = useTranslation('keys')
  const Arrow = folded ? ChevronRight : ChevronDown
  const name = { name: account.name }
  return (
    <TableRow {...{ index, startPx, tabIndex }} look="flex items-center gap-3 bg-panel px-3">
      <span role="cell" className="flex shrink-0">
        <input
          type="checkbox"
          ref={(box) => {
            if (box) box.indeterminate = selected > 0 && selected < shown.length
          }}
          checked={shown.length > 0 && selected === shown.length}
          disabled={shown.length === 0}
          aria-label={t('section.select', name)}
          onChange={() => {
            actions.toggleAll(shown)
          }}
          className="size-4 accent-accent"
        />
      </span>
      <span role="rowheader" className="flex min-w-0 items-center gap-2">
        <button
          type="button"
          data-row-target
          aria-expanded={!folded}
          onClick={() => {
            actions.toggleFolded(account.id)
          }}
          className="flex min-w-0 items-center gap-1 rounded-control font-semibold"
        >
          <Arrow size={14} aria-hidden className="shrink-0" />
          <span className="truncate">{account.name}</span>
        </button>
        <span className="truncate text-12 text-text-2">{hostOf(account.origin)}</span>
      </span>
      <span role="cell" className="min-w-0 flex-1 truncate text-12 text-text-2 tabular-nums">
        <SectionState {...props} />
      </span>
      <span role="cell" className="sticky end-0 flex shrink-0 bg-panel">
        {list.features.create.length > 0 && (
          <IconButton
            icon={Plus}
            label={t('section.create', name)}
            onClick={() => {
              goTo({ page: 'keys', panel: { kind: 'create', account: account.id } })
            }}
          />
        )}
        <IconButton
          icon={RefreshCw}
          label={t('section.refresh', name)}
          aria-busy={list.state === 'loading' || undefined}
          className={list.state === 'loading' ? 'animate-spin' : ''}
          onClick={() => {
            actions.load([account.id])
          }}
        />
      </span>
    </TableRow>
  )
})

function SectionState({ section, shown, currency }: Props): ReactNode {
  const { t, i18n } = useTranslation('keys')
  const words = useFailureText()
  const { account, list, entries } = section
  if (list.state === 'never') return t('section.never')
  const parts =
    entries.length === 0
      ? [t(list.state === 'loading' ? 'section.loading' : 'section.none')]
      : totalsOf()
  if (list.state === 'failed' && list.failure) {
    const { title } = words(list.failure, hostOf(account.origin))
    const known = entries.length === 0 ? [] : parts
    return (
      <>
        <span className="text-bad">{title}</span>
        {known.length > 0 && ` · ${known.join(' · ')}`}
      </>
    )
  }
  return parts.join(' · ')

  function totalsOf(): string[] {
    const number = (count: number) => formatCount(count, i18n.language)
    const enabled = entries.filter(({ row }) => row.status === 'enabled').length
    const used = sumMetrics(
      shown.map(({ row }) => ({ metric: row.used, rates: account })),
      account.unit === 'usd' && currency === 'points' ? 'USD' : currency,
    )
    return [
      shown.length === entries.length
        ? t('section.count', { count: entries.length, number: number(entries.length) })
        : t('section.shown', { shown: number(shown.length), of: number(entries.length) }),
      t('section.enabled', { number: number(enabled) }),
      t('section.used', { amount: textOf(used) }),
      ...(list.complete ? [] : [t('section.incomplete')]),
    ]
  }

  function textOf({ known, unknown }: Total): string {
    const unit = account.unit === 'usd' && currency === 'points' ? 'USD' : currency
    if (known === null) return UNKNOWN_MARK
    return `${unknown > 0 ? '≥ ' : ''}${formatAmount(known, unit, i18n.language)}`
  }
}
