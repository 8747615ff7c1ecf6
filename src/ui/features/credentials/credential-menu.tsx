import {
  BadgeCheck,
  Boxes,
  Copy,
  CopyPlus,
  Eye,
  EyeOff,
  Link,
  type LucideIcon,
  Pencil,
  RefreshCw,
  Send,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Menu } from '../../components/menu'
import type { CredentialPanelKind } from '../shell/route'
import { type CredentialActions, openCredential, openModels } from './credential-actions'
import type { CredentialEntry } from './credential-entries'

interface Props {
  entry: CredentialEntry
  isRevealed: boolean
  actions: CredentialActions
}

type Action =
  | 'reveal'
  | 'hide'
  | 'copy-key'
  | 'copy-base'
  | 'copy-both'
  | 'verify'
  | 'export'
  | 'refresh'
  | 'models'
  | 'edit'
  | 'delete'

/** Everything that can be done with one credential. */
export function CredentialMenu({ entry, isRevealed, actions }: Props) {
  const { t } = useTranslation('credentials')
  const { id, view } = entry
  const item = (action: Action, icon: LucideIcon, onSelect: () => void) => ({
    id: action,
    label: t(`action.${action}`),
    icon,
    onSelect,
  })
  const open = (kind: CredentialPanelKind) => () => {
    openCredential(kind, id)
  }
  return (
    <Menu
      label={t('row.menu', { name: view.decided.name })}
      items={[
        isRevealed
          ? item('hide', EyeOff, () => {
              actions.hide(id)
            })
          : item('reveal', Eye, () => {
              actions.reveal(id)
            }),
        item('copy-key', Copy, () => {
          actions.copyKey(id)
        }),
        item('copy-base', Link, () => {
          actions.copyBase(entry)
        }),
        item('copy-both', CopyPlus, () => {
          actions.copyBoth(entry)
        }),
        item('verify', BadgeCheck, open('check')),
        item('export', Send, open('export')),
        item('refresh', RefreshCw, () => {
          actions.refresh(entry)
        }),
        item('models', Boxes, () => {
          openModels(id)
        }),
        item('edit', Pencil, open('edit')),
        {
          ...item('delete', Trash2, () => {
            actions.askRemove(entry)
          }),
          tone: 'bad',
        },
      ]}
    />
  )
}
