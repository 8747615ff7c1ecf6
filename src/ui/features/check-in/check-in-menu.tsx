import {
  CalendarCheck,
  CalendarDays,
  ExternalLink,
  type LucideIcon,
  Pencil,
  ScanSearch,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Menu } from '../../components/menu'
import { goTo } from '../shell/use-route'
import type { CheckInEntry } from './entries'

/** What the list lets a person do with accounts; stable, so that rows are not rendered for nothing. */
export interface CheckInActions {
  readonly run: (ids: readonly string[]) => void
  readonly open: (ids: readonly string[]) => void
  readonly look: (ids: readonly string[]) => void
  readonly toggleSelected: (id: string) => void
}

interface Props {
  entry: CheckInEntry
  actions: CheckInActions
}

/** Everything that can be done with one account's check-in. */
export function CheckInMenu({ entry, actions }: Props) {
  const { t } = useTranslation('check-in')
  const { id, can, account } = entry
  const item = (
    offered: boolean,
    name: 'run' | 'open' | 'look' | 'history' | 'edit',
    icon: LucideIcon,
    onSelect: () => void,
  ) => (offered ? [{ id: name, label: t(`action.${name}`), icon, onSelect }] : [])
  return (
    <Menu
      label={t('row.menu', { name: account.title })}
      items={() => [
        ...item(can.run, 'run', CalendarCheck, () => {
          actions.run([id])
        }),
        ...item(can.open, 'open', ExternalLink, () => {
          actions.open([id])
        }),
        ...item(can.run, 'look', ScanSearch, () => {
          actions.look([id])
        }),
        ...item(true, 'history', CalendarDays, () => {
          goTo({ page: 'check-in', account: id })
        }),
        ...item(true, 'edit', Pencil, () => {
          goTo({ page: 'accounts', panel: { kind: 'edit', id } })
        }),
      ]}
    />
  )
}
