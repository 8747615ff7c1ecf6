import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { ROW_PX, useVirtualRows } from '../../components/use-virtual-rows'
import { BaseLine, type BaseActions } from './base-line'
import { COLUMNS, gridOf } from './columns'
import type { CredentialActions } from './credential-actions'
import { CredentialLine } from './credential-line'
import type { CredentialLine as Line } from './credential-lines'
import { CredentialsTableHead } from './credentials-table-head'
import { useCredentialChoices } from './list-choices'

/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6

interface Props {
  lines: readonly Line[]
  /** The credential whose panel is open beside the list. */
  openId: string | null
  /** Full keys the person wants to see, by credential. */
  shownKeys: ReadonlyMap<string, string>
  actions: CredentialActions
  baseActions: BaseActions
}

/** The credentials as a table that keeps only the rows in view; arrow keys move between them. */
export function CredentialsTable({ lines, openId, shownKeys, actions, baseActions }: Props) {
  const { t } = useTranslation('credentials')
  const { hidden, grouped } = useCredentialChoices()
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const columns = useMemo(
    // Under its base address a credential need not name it.
    () => COLUMNS.filter((one) => !hidden.includes(one) && !(grouped && one === 'host')),
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
      <div style={{ minWidth: `${String(minRem)}rem` }}>
        <CredentialsTableHead columns={columns} template={template} />
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
            }
            return line.kind === 'base' ? (
              <BaseLine
                key={key}
                {...place}
                baseUrl={line.baseUrl}
                entries={line.entries}
                folded={line.folded}
                actions={baseActions}
              />
            ) : (
              <CredentialLine
                key={key}
                {...place}
                entry={line.entry}
                columns={columns}
                template={template}
                open={line.id === openId}
                revealed={shownKeys.get(line.id)}
                actions={actions}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
