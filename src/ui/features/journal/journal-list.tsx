import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { JournalEntry } from '@/src/domain/journal'

import { type RenderRow, VirtualList } from '../../components/virtual-list'
import { useEntries } from '../../queries/entries'
import { EntryRow } from './entry-row'
import { itemsOf, type JournalItem } from './journal-items'

/** What a row takes before it is measured. */
const ROW_PX = 45
const HEADING_PX = 30

/** All jobs under the headings of their days; keeps only the rows in view. */
export function JournalList({ entries }: { entries: readonly JournalEntry[] }) {
  const { t } = useTranslation('journal')
  const accounts = useEntries()
  const items = useMemo(() => itemsOf(entries), [entries])
  // Kept here: a row that is scrolled away forgets what it knew.
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback((id: string) => {
    setOpened((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])
  const renderRow = useCallback<RenderRow<JournalItem>>(
    (item, { tabIndex }) => (
      <EntryRow
        item={item}
        accounts={accounts}
        isOpen={opened.has(item.entry.id)}
        onToggle={toggle}
        tabIndex={tabIndex}
      />
    ),
    [accounts, opened, toggle],
  )
  return (
    <VirtualList
      items={items}
      rowHeight={ROW_PX}
      headHeight={headHeight}
      renderRow={renderRow}
      label={t('list')}
      getKey={keyOf}
      focus="target"
      className="min-h-0 flex-1 rounded-card border border-line bg-raised"
    />
  )
}

const headHeight = ({ isFirstOfDay }: JournalItem): number => (isFirstOfDay ? HEADING_PX : 0)

const keyOf = ({ entry }: JournalItem): string => entry.id
