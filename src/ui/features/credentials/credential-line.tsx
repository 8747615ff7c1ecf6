import { Copy, Eye, EyeOff, LoaderCircle } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Age } from '../../components/age'
import { HealthMark } from '../../components/health-mark'
import { IconButton } from '../../components/icon-button'
import { useNow } from '../../components/use-now'
import { GRID_LOOK } from '../../components/table-columns'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import { formatCount, UNKNOWN_MARK } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import { Figure } from '../accounts/figure'
import { type Column, COLUMN_LOOK } from './columns'
import { Count } from './count'
import { type CredentialActions, openCredential } from './credential-actions'
import {
  balanceOf,
  type CredentialEntry,
  healthOf,
  IN_DOLLARS,
  originOf,
  todayOf,
} from './credential-entries'
import { CredentialMenu } from './credential-menu'
import { useCredentialFailureText } from './failure-words'
import { LinkedKey } from './linked-key'

interface Props extends RowPlace {
  entry: CredentialEntry
  columns: readonly Column[]
  /** Widths of the columns, as CSS. */
  template: string
  /** Its panel is open beside the list. */
  open: boolean
  revealed: string | undefined
  actions: CredentialActions
}

/** One credential. The whole row opens the details: its name's button stretches over it. */
export const CredentialLine = memo(function CredentialLine(props: Props) {
  const { index, startPx, entry, columns, template, open, revealed, tabIndex, actions } = props
  return (
    <TableRow
      {...{ index, startPx, tabIndex }}
      look={`${GRID_LOOK} ${open ? 'bg-selected' : 'bg-raised hover:bg-hover'}`}
      template={template}
    >
      {columns.map((column) => (
        <span
          key={column}
          role="cell"
          className={`min-w-0 truncate ${COLUMN_LOOK[column].isNumber ? 'text-end tabular-nums' : ''}`}
        >
          <Value {...props} column={column} />
        </span>
      ))}
      <span role="cell" className="sticky end-0 z-1 flex justify-end bg-inherit">
        <CredentialMenu entry={entry} isRevealed={revealed !== undefined} actions={actions} />
      </span>
    </TableRow>
  )
})

function Value(props: Props & { column: Column }): ReactNode {
  const { column, entry, open } = props
  const { t, i18n } = useTranslation('credentials')
  const now = useNow()
  const { view } = entry
  const { decided, state } = view
  switch (column) {
    case 'health':
      return <Health entry={entry} />
    case 'name':
      return <NameCell entry={entry} open={open} />
    case 'type':
      return t(`api-type.${decided.apiType}`)
    case 'host':
      return <span title={decided.baseUrl}>{hostOf(decided.baseUrl)}</span>
    case 'key':
      return <KeyCell {...props} />
    case 'balance':
      return state?.unlimited ? (
        <span className="text-text-2">{t('unlimited')}</span>
      ) : (
        <Figure metric={balanceOf(view)} rates={IN_DOLLARS} currency="USD" />
      )
    case 'today':
      return (
        <Figure metric={todayOf(view, 'todayCostUsd', now)} rates={IN_DOLLARS} currency="USD" />
      )
    case 'requests':
      return <Count metric={todayOf(view, 'todayRequests', now)} />
    case 'tokens':
      return <Count metric={todayOf(view, 'todayTokens', now)} />
    case 'models':
      return state?.models === undefined ? (
        <span className="text-text-3" title={t('models.unknown')}>
          {UNKNOWN_MARK}
        </span>
      ) : (
        formatCount(state.models.count, i18n.language)
      )
    case 'updated':
      return state === undefined ? (
        <span className="text-text-3">{t('never')}</span>
      ) : (
        <Age atMs={state.attemptAtMs} />
      )
  }
}

/** The state by shape and colour; on hover, what went wrong last. */
function Health({ entry: { view } }: { entry: CredentialEntry }) {
  const { t } = useTranslation('credentials')
  const words = useCredentialFailureText()
  const { state, refreshing } = view
  if (refreshing) {
    return (
      <span className="flex text-text-2" title={t('refreshing')}>
        <LoaderCircle size={14} aria-hidden className="animate-spin" />
        <span className="sr-only">{t('refreshing')}</span>
      </span>
    )
  }
  const health = healthOf(state)
  const failure = state?.failure && words(state.failure, hostOf(originOf(view)))
  return (
    <span className="flex">
      <HealthMark
        health={health}
        label={
          failure
            ? t('health.with-failure', { title: failure.title, sentence: failure.sentence })
            : t(`health.${health}`)
        }
      />
    </span>
  )
}

function NameCell({ entry, open }: { entry: CredentialEntry; open: boolean }) {
  const { id, view, tags } = entry
  return (
    <span className="flex min-w-0 items-center gap-2">
      <button
        type="button"
        data-row-target
        aria-expanded={open}
        onClick={() => {
          openCredential('details', id)
        }}
        className="min-w-0 truncate text-start font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        {view.decided.name}
      </button>
      <LinkedKey view={view} />
      {tags.length > 0 && (
        <span className="min-w-0 shrink-[3] truncate text-12 text-text-2" title={namesOf(entry)}>
          {namesOf(entry)}
        </span>
      )}
    </span>
  )
}

function namesOf({ tags }: CredentialEntry): string {
  return tags.map(({ name }) => name).join(', ')
}

/** The masked key; in full only on demand. */
function KeyCell({ entry: { id, view }, revealed, actions }: Props) {
  const { t } = useTranslation('credentials')
  const { name } = view.decided
  const isShown = revealed !== undefined
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span
        className={`min-w-0 flex-1 font-mono text-12 ${isShown ? 'relative z-1 overflow-x-auto whitespace-nowrap select-all' : 'truncate text-text-2'}`}
      >
        {revealed ?? view.shown}
      </span>
      <span className="relative z-1 flex shrink-0">
        <IconButton
          className="size-7"
          icon={isShown ? EyeOff : Eye}
          label={t(isShown ? 'row.hide' : 'row.reveal', { name })}
          aria-pressed={isShown}
          onClick={() => {
            if (isShown) actions.hide(id)
            else actions.reveal(id)
          }}
        />
        <IconButton
          className="size-7"
          icon={Copy}
          label={t('row.copy', { name })}
          onClick={() => {
            actions.copyKey(id)
          }}
        />
      </span>
    </span>
  )
}
