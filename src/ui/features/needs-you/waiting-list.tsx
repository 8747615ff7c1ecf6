import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

import { type RenderRow, VirtualList } from '../../components/virtual-list'
import type { WaitingEntry } from './entries'
import type { Means } from './entry-action'
import { EntryRow } from './entry-row'

/** What a row takes before it is measured. */
const ROW_PX = 92

interface Props {
  entries: readonly WaitingEntry[]
  means: Means
}

/** All that waits; keeps only the rows in view. */
export function WaitingList({ entries, means }: Props) {
  const { t } = useTranslation('needs-you')
  const renderRow = useCallback<RenderRow<WaitingEntry>>(
    (entry, { tabIndex }) => <EntryRow entry={entry} means={means} tabIndex={tabIndex} />,
    [means],
  )
  return (
    <VirtualList
      items={entries}
      rowHeight={ROW_PX}
      renderRow={renderRow}
      label={t('list')}
      getKey={keyOf}
      focus="target"
      className="min-h-20 rounded-card border border-line bg-raised"
    />
  )
}

const keyOf = ({ key }: WaitingEntry): string => key
