import { useTranslation } from 'react-i18next'

import { PlainHeading, TableHead } from '../../components/table-head'
import { VirtualTable } from '../../components/virtual-table'
import type { SiteLine } from './site-lines'
import { COLUMNS, GRID_LOOK, SiteRow } from './site-row'
import type { SiteActions } from './use-site-actions'

const MIN_REM = 54.75

interface Props {
  lines: readonly SiteLine[]
  actions: SiteActions
}

/** All sites as a table; arrow keys move between their rows. */
export function SitesTable({ lines, actions }: Props) {
  const { t } = useTranslation('sites')
  return (
    <VirtualTable
      label={t('title')}
      keys={lines.map(({ site }) => site.origin)}
      minRem={MIN_REM}
      head={
        <TableHead look={GRID_LOOK} actions={t('column.actions')}>
          {COLUMNS.map((column) => (
            <PlainHeading key={column} name={t(`column.${column}`)} />
          ))}
        </TableHead>
      }
      renderRow={(key, place) => {
        const line = lines[place.index]
        return line === undefined ? null : (
          <SiteRow key={key} {...place} line={line} actions={actions} />
        )
      }}
    />
  )
}
