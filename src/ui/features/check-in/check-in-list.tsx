import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { ColumnChoice } from '../../components/column-choice'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { SearchField } from '../../components/search-field'
import { useSelection } from '../../components/use-selection'
import { useCheckInChange, useCheckInPages } from '../../queries/check-in-mutations'
import { useSettings } from '../../queries/settings'
import type { CheckInActions } from './check-in-menu'
import { CheckInTable } from './check-in-table'
import { OPTIONAL_COLUMNS } from './columns'
import { type CheckInEntry, isFailed, waitsAtPage } from './entries'
import { useCheckInChoices } from './list-choices'
import { RunStatus } from './run-status'
import { SelectionBar } from './selection-bar'
import { Summary } from './summary'
import type { CheckIns } from './use-check-ins'
import { useCheckInView } from './use-check-in-view'

interface Props {
  entries: readonly CheckInEntry[]
  run: CheckIns['run']
  nextAtMs: number | null
  openId: string | null
}

/** The toolbar, the counts and the table, which share what is searched, filtered and selected. */
export function CheckInList({ entries, run, nextAtMs, openId }: Props) {
  const { t } = useTranslation('check-in')
  const { currency } = useSettings().settings
  const view = useCheckInView(entries, currency)
  const selection = useSelection(entries)
  const { actions, failure, opened } = useCheckInActions(selection.toggle)
  const { reset } = useCheckInChoices()
  const openedWords = (pages: Opened) => [
    t('opened', { count: pages.done }),
    ...(pages.failed > 0 ? [t('not-opened', { count: pages.failed })] : []),
  ]
  const isShown = useMemo(() => new Set(view.shown.map(({ id }) => id)), [view.shown])
  return (
    <>
      <Toolbar entries={entries} actions={actions} />
      <Summary view={view} run={run} nextAtMs={nextAtMs} />
      <RunStatus run={run} entries={entries} />
      {failure && <FailureNotice failure={failure} />}
      <p role="status" className="text-12 text-text-2 empty:hidden">
        {opened && openedWords(opened).join(' ')}
      </p>
      {view.shown.length === 0 ? (
        <EmptyState
          title={t('no-hit.title')}
          sentence={t('no-hit.sentence')}
          action={<Button onClick={reset}>{t('no-hit.clear')}</Button>}
        />
      ) : (
        <CheckInTable entries={view.shown} {...{ currency, selection, openId, actions }} />
      )}
      <SelectionBar
        selection={selection}
        hidden={selection.rows.filter(({ id }) => !isShown.has(id)).length}
        actions={actions}
      />
    </>
  )
}

function Toolbar({
  entries,
  actions,
}: {
  entries: readonly CheckInEntry[]
  actions: CheckInActions
}) {
  const { t } = useTranslation('check-in')
  const { query, setQuery, hidden, toggleColumn } = useCheckInChoices()
  const failed = entries.filter(isFailed).map(({ id }) => id)
  const waiting = entries.filter(waitsAtPage).map(({ id }) => id)
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="flex max-w-72 min-w-48 flex-1">
        <SearchField
          label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={query}
          onChange={setQuery}
        />
      </div>
      <div className="ms-auto flex flex-wrap items-center gap-2">
        {failed.length > 0 && (
          <Button
            onClick={() => {
              actions.run(failed)
            }}
          >
            {t('bulk.retry', { number: failed.length })}
          </Button>
        )}
        {waiting.length > 0 && (
          <Button
            onClick={() => {
              actions.open(waiting)
            }}
          >
            {t('bulk.open', { number: waiting.length })}
          </Button>
        )}
        <ColumnChoice
          label={t('view.columns')}
          columns={OPTIONAL_COLUMNS.map((column) => ({ column, label: t(`column.${column}`) }))}
          hidden={hidden}
          onToggle={toggleColumn}
        />
      </div>
    </div>
  )
}

/** Pages that were opened because the user asked, and that could not be. */
interface Opened {
  readonly done: number
  readonly failed: number
}

/** The actions of rows and bars, and what came of the last one. */
function useCheckInActions(toggleSelected: (id: string) => void) {
  const { run, failure: runFailure } = useCheckInChange('checkIn.run')
  const { run: look, failure: lookFailure } = useCheckInChange('checkIn.look')
  const { run: open, failure: openFailure } = useCheckInPages()
  const [opened, setOpened] = useState<Opened | null>(null)
  const actions: CheckInActions = useMemo(
    () => ({
      run: (ids) => void run({ accountIds: [...ids] }),
      look: (ids) => void look({ accountIds: [...ids] }),
      open: (ids) =>
        void open({ accountIds: [...ids] }).then((done) => {
          const count = done.ok ? done.value.opened : null
          setOpened(count === null ? null : { done: count, failed: ids.length - count })
        }),
      toggleSelected,
    }),
    [run, look, open, toggleSelected],
  )
  return { actions, opened, failure: runFailure ?? openFailure ?? lookFailure }
}
