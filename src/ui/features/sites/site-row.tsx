import { CircleCheck, CircleSlash } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { SiteAccess } from '@/src/domain/site-record'

import { Age } from '../../components/age'
import { Button } from '../../components/button'
import { Switch } from '../../components/switch'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import { VisuallyHidden } from '../../components/visually-hidden'
import { Reason } from './reason'
import type { SiteLine } from './site-lines'
import type { SiteActions } from './use-site-actions'

export const COLUMNS = ['site', 'why', 'access', 'since', 'used', 'unseen', 'codes'] as const

/** The columns' widths, shared by the head and the rows. */
export const GRID_LOOK =
  'grid items-center gap-x-3 px-3 grid-cols-[minmax(7.5rem,3fr)_minmax(7rem,3fr)_6.25rem_5rem_5rem_6rem_5.25rem_6rem]'

/** The heading of the column stands for the label, which only screen readers get. */
const SWITCH_LOOK = 'flex justify-start [&_label]:sr-only [&>div]:gap-0'

interface Props extends RowPlace {
  line: SiteLine
  actions: SiteActions
}

/** One site. Arrow keys go from action to action; of all rows only one is a stop of the Tab key. */
export const SiteRow = memo(function SiteRow({ index, startPx, line, tabIndex, actions }: Props) {
  const { t } = useTranslation('sites')
  const { site, label } = line
  return (
    <TableRow {...{ index, startPx, tabIndex }} look={GRID_LOOK}>
      <Cell>
        <span className="font-medium" title={site.origin}>
          {label}
        </span>
      </Cell>
      <Cell>
        <Reason line={line} />
      </Cell>
      <Cell>
        <Access site={site} />
      </Cell>
      <Cell>
        <Time atMs={site.granted ? site.sinceMs : undefined} />
      </Cell>
      <Cell>
        <Time atMs={site.lastUsedAtMs} />
      </Cell>
      <span role="cell" className={SWITCH_LOOK}>
        {site.accounts.length > 0 && (
          <Switch
            label={t('unseen.label', { site: label })}
            checked={site.autoHelp}
            disabled={!site.granted}
            onChange={(allowed) => {
              actions.setAutoHelp(site.origin, allowed)
            }}
          />
        )}
      </span>
      <span role="cell" className={SWITCH_LOOK}>
        {line.canFindCodes && (
          <Switch
            label={t('codes.label', { site: label })}
            checked={site.findCodes ?? false}
            onChange={(on) => {
              actions.setFindCodes(site.origin, on)
            }}
          />
        )}
      </span>
      <span role="cell" className="sticky end-0 flex justify-self-end bg-raised ps-2">
        <AccessButton line={line} actions={actions} />
      </span>
    </TableRow>
  )
})

function AccessButton({ line, actions }: Pick<Props, 'line' | 'actions'>) {
  const { t } = useTranslation('sites')
  const { granted } = line.site
  return (
    <Button
      size="s"
      data-row-target
      onClick={() => {
        if (granted) actions.askRevoke(line)
        else actions.grant(line)
      }}
    >
      {t(granted ? 'action.revoke' : 'action.grant')} <VisuallyHidden>{line.label}</VisuallyHidden>
    </Button>
  )
}

function Cell({ children }: { children: ReactNode }) {
  return (
    <span role="cell" className="truncate">
      {children}
    </span>
  )
}

/** Whether the browser lets requests through: by colour, shape and word. */
function Access({ site: { granted, sinceMs } }: { site: SiteAccess }) {
  const { t } = useTranslation('sites')
  const Icon = granted ? CircleCheck : CircleSlash
  // Nothing can be taken back that was never given.
  const word = granted ? 'granted' : sinceMs === undefined ? 'not-granted' : 'revoked'
  return (
    <span className={`flex items-center gap-1 ${granted ? 'text-good' : 'text-attention'}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {t(`access.${word}`)}
    </span>
  )
}

function Time({ atMs }: { atMs: number | undefined }) {
  const { t } = useTranslation('sites')
  return atMs === undefined ? (
    <span className="text-text-3">{t('unknown')}</span>
  ) : (
    <Age atMs={atMs} />
  )
}
