import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import { ROW_PX, useVirtualRows } from '../../components/use-virtual-rows'
import type { Selection } from '../../components/use-selection'
import { AccountLine, type SectionActions } from './account-line'
import { COLUMNS, gridOf } from './columns'
import type { KeyActions } from './key-actions'
import type { KeyEntry } from './key-entries'
import { KeyLine } from './key-line'
import { KeysTableHead } from './keys-table-head'
import { useKeyChoices } from './list-choices'
import type { KeySecrets } from './use-key-secrets'
import type { KeysView } from './use-keys-view'

/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6

interface Props {
  view: KeysView
  currency: Currency
  selection: Selection<KeyEntry>
  secrets: KeySecrets
  /** The key whose panel is open beside the list. */
  openId: string | null
  actions: KeyActions
  sectionActions: SectionActions
}

/** The keys as a table that keeps only the rows in view; arrow keys move between them. */
export function KeysTable(props: Props) {
  const { view, currency, selection, secrets, openId, actions, sectionActions } = props
  const { t } = useTranslation('keys')
  const { sort, sortBy, hidden, grouped } = useKeyChoices()
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { lines, shown } = view
  const columns = useMemo(
    // Under its account a key need not name it.
    () => COLUMNS.filter((one) => !hidden.includes(one) && !(grouped && one === 'account')),
    [hidden, grouped],
  )
  const { template, minRem } = useMemo(() => gridOf(columns), [columns])
  const keys = useMemo(() => lines.map(({ id }) => id), [lines])
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
      aria-rowcount={lines.length + 1}
      className="overflow-auto rounded-card border border-line bg-raised"
      style={{ minHeight: Math.min(MIN_ROWS, lines.length + 1) * ROW_PX }}
    >
      <div style={{ minWidth: `${minRem}rem` }}>
        <KeysTableHead
          entries={shown}
          columns={columns}
          template={template}
          currency={currency}
          sort={sort}
          onSort={sortBy}
          selection={selection}
        />
        <div
          ref={body}
          role="rowgroup"
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          className="relative"
          style={{ height: heightPx }}
        >
          {places.map(({ key, index, start }) => {
            const line = lines[index]
            if (line === undefined) return null
            const place = {
              index,
              startPx: start - ROW_PX,
              tabIndex: index === stop ? (0 as const) : (-1 as const),
              currency,
            }
            return line.kind === 'account' ? (
              <AccountLine
                key={key}
                {...place}
                section={line.section}
                shown={line.shown}
                folded={line.folded}
                selected={line.shown.filter(({ id }) => selection.has(id)).length}
                actions={sectionActions}
              />
            ) : (
              <KeyLine
                key={key}
                {...place}
                entry={line.entry}
                columns={columns}
                template={template}
                selected={selection.has(line.id)}
                open={line.id === openId}
                revealed={secrets.shown.get(line.id)}
                busy={secrets.busy.has(line.id)}
                actions={actions}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
