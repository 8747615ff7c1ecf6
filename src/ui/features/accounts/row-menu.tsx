import { Pencil, Power, PowerOff, RefreshCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Menu } from '../../components/menu'
import type { RowActions } from './account-row'

interface Props {
  row: GlanceRow
  actions: RowActions
}

/** What is done with one account less often than refreshing it. */
export function RowMenu({ row, actions }: Props) {
  const { t } = useTranslation('accounts')
  return (
    <Menu
      label={t('row.menu', { name: row.name })}
      items={[
        {
          id: 'refresh',
          label: t('action.refresh'),
          icon: RefreshCw,
          disabled: row.disabled,
          onSelect: () => {
            actions.refresh(row.id)
          },
        },
        {
          id: 'edit',
          label: t('action.edit'),
          icon: Pencil,
          onSelect: () => {
            actions.edit(row.id)
          },
        },
        {
          id: 'switch',
          label: t(row.disabled ? 'action.enable' : 'action.disable'),
          icon: row.disabled ? Power : PowerOff,
          onSelect: () => {
            actions.setDisabled(row.id, !row.disabled)
          },
        },
        {
          id: 'delete',
          label: t('action.delete'),
          icon: Trash2,
          tone: 'bad',
          onSelect: () => {
            actions.askDelete(row)
          },
        },
      ]}
    />
  )
}
