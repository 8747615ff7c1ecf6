import {
  BadgeCheck,
  Copy,
  CopyPlus,
  ExternalLink,
  Eye,
  EyeOff,
  IdCard,
  type LucideIcon,
  Pencil,
  Power,
  PowerOff,
  RotateCw,
  Send,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Menu } from '../../components/menu'
import type { KeyPanelKind } from '../shell/route'
import { type KeyActions, openKey } from './key-actions'
import type { KeyEntry } from './key-entries'

interface Props {
  entry: KeyEntry
  isRevealed: boolean
  actions: KeyActions
}

type Action =
  | 'reveal'
  | 'hide'
  | 'copy'
  | 'edit'
  | 'duplicate'
  | 'enable'
  | 'disable'
  | 'verify'
  | 'export'
  | 'save-credential'
  | 'rotate'
  | 'open-site'
  | 'delete'

/** Everything that can be done with one key; what its site cannot do is not in it. */
export function KeyMenu({ entry, isRevealed, actions }: Props) {
  const { t } = useTranslation('keys')
  const { id, row, can, siteUrl } = entry
  const item = (offered: boolean, action: Action, icon: LucideIcon, onSelect: () => void) =>
    offered ? [{ id: action, label: t(`action.${action}`), icon, onSelect }] : []
  const open = (kind: KeyPanelKind) => () => {
    openKey(kind, entry)
  }
  return (
    <Menu
      label={t('row.menu', { name: row.name })}
      items={() => [
        ...item(can.reveal && !isRevealed, 'reveal', Eye, () => {
          actions.reveal(entry)
        }),
        ...item(isRevealed, 'hide', EyeOff, () => {
          actions.hide(id)
        }),
        ...item(can.reveal, 'copy', Copy, () => {
          actions.copy(entry)
        }),
        ...item(can.edit, 'edit', Pencil, open('edit')),
        ...item(can.duplicate, 'duplicate', CopyPlus, open('duplicate')),
        ...item(can.enable, 'enable', Power, () => {
          actions.setEnabled(entry, true)
        }),
        ...item(can.disable, 'disable', PowerOff, () => {
          actions.setEnabled(entry, false)
        }),
        ...item(can.reveal, 'verify', BadgeCheck, open('check')),
        ...item(can.reveal, 'export', Send, open('export')),
        ...item(can.reveal, 'save-credential', IdCard, () => {
          actions.saveCredential(entry)
        }),
        ...item(can.rotate, 'rotate', RotateCw, open('rotate')),
        ...item(siteUrl !== null, 'open-site', ExternalLink, () => {
          window.open(siteUrl ?? '', '_blank', 'noreferrer')
        }),
        ...item(can.remove, 'delete', Trash2, () => {
          actions.askRemove(entry)
        }).map((one) => ({ ...one, tone: 'bad' as const })),
      ]}
    />
  )
}
