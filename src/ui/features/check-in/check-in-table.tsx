import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { Selection } from '../../components/use-selection'
import { ROW_PX, useVirtualRows } from '../../components/use-virtual-rows'
import { CheckInLine } from './check-in-line'
import type { CheckInActions } from './check-in-menu'
import { CheckInTableHead } from './check-in-table-head'
import { COLUMNS, gridOf } from './columns'
import type { CheckInEntry } from './entries'
import { useCheckInChoices } from './list-choices'

/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6

interface Props {
  entries: readonly CheckInEntry[]
  currency: Currency
  selection: Selection<CheckInEntry>
  /** The account whose days are open beside the list. */
  openId: string | null
  actions: CheckInActions
}

/** The check-ins as a table that keeps only the rows in view; arrow keys move between them. */
export function CheckInTable({ entries, currency, selection, openId, actions }: Props) {
  const { t } = useTranslation('check-in')
  const { hidden } = useCheckInChoices()
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => COLUMNS.filter((one) => !hidden.includes(one)), [hidden])
  const { template, minRem } = useMemo(() => gridOf(columns), [columns])
  const keys = useMemo(() => entries.map(({ id }) => id), [entries])
  const { places, heightPx, stop, onKeyDown, onFocus } = useVirtualRows({
    keys,
    shownKey: openId,
    scroller,
    body,
  })
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={t('title')}
      aria-rowcount={entries.length + 1}
      className="overflow-auto rounded-card border border-line bg-raised"
      style={{ minHeight: Math.min(MIN_ROWS, entries.length + 1) * ROW_PX }}
    >
      <div style={{ minWidth: `${minRem}rem` }}>
        <CheckInTableHead {...{ entries, columns, template, currency, selection }} />
        <div
          ref={body}
          role="rowgroup"
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          className="relative"
          style={{ height: heightPx }}
        >
          {places.map(({ key, index, start }) => {
            const entry = entries[index]
            return entry === undefined ? null : (
              <CheckInLine
                key={key}
                index={index}
                startPx={start - ROW_PX}
                tabIndex={index === stop ? 0 : -1}
                selected={selection.has(entry.id)}
                open={entry.id === openId}
                {...{ entry, columns, template, currency, actions }}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
