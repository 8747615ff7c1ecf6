import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { Selection } from '../../components/use-selection'
import { VirtualTable } from '../../components/virtual-table'
import { AccountLine, type SectionActions } from './account-line'
import { COLUMNS, gridOfColumns } from './columns'
import type { KeyActions } from './key-actions'
import type { KeyEntry } from './key-entries'
import { KeyLine } from './key-line'
import { KeysTableHead } from './keys-table-head'
import { useKeyChoices } from './list-choices'
import type { KeySecrets } from './use-key-secrets'
import type { KeysView } from './use-keys-view'

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
  const { lines, shown } = view
  const columns = useMemo(
    // Under its account a key need not name it.
    () => COLUMNS.filter((one) => !hidden.includes(one) && !(grouped && one === 'account')),
    [hidden, grouped],
  )
  const { template, minRem } = useMemo(() => gridOfColumns(columns), [columns])
  const keys = useMemo(() => lines.map(({ id }) => id), [lines])
  return (
    <VirtualTable
      label={t('title')}
      keys={keys}
      shownKey={openId}
      minRem={minRem}
      head={
        <KeysTableHead
          entries={shown}
          onSort={sortBy}
          {...{ columns, template, currency, sort, selection }}
        />
      }
      renderRow={(key, place) => {
        const line = lines[place.index]
        if (line === undefined) return null
        return line.kind === 'account' ? (
          <AccountLine
            key={key}
            {...place}
            currency={currency}
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
            selected={selection.has(line.id)}
            open={line.id === openId}
            revealed={secrets.shown.get(line.id)}
            busy={secrets.busy.has(line.id)}
            {...{ columns, template, currency, actions }}
          />
        )
      }}
    />
  )
}
