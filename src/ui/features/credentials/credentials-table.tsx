import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { VirtualTable } from '../../components/virtual-table'
import { BaseLine, type BaseActions } from './base-line'
import { COLUMNS, gridOfColumns } from './columns'
import type { CredentialActions } from './credential-actions'
import { CredentialLine } from './credential-line'
import type { CredentialLine as Line } from './credential-lines'
import { CredentialsTableHead } from './credentials-table-head'
import { useCredentialChoices } from './list-choices'

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
  const columns = useMemo(
    // Under its base address a credential need not name it.
    () => COLUMNS.filter((one) => !hidden.includes(one) && !(grouped && one === 'host')),
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
      head={<CredentialsTableHead columns={columns} template={template} />}
      renderRow={(key, place) => {
        const line = lines[place.index]
        if (line === undefined) return null
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
            open={line.id === openId}
            revealed={shownKeys.get(line.id)}
            {...{ columns, template, actions }}
          />
        )
      }}
    />
  )
}
