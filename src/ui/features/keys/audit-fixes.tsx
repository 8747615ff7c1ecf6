import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { LinkButton } from '../../components/link-button'
import type { AuditItem, Fix } from '../../view/key-audit'
import { hrefOf, type KeyPanelKind } from '../shell/route'
import type { KeyEntry } from './key-entries'

/** What mends keys here; everything else is a panel of its own. */
export interface FixActions {
  readonly busy: boolean
  readonly disable: (entries: readonly KeyEntry[]) => void
  /** Asks first. */
  readonly remove: (entries: readonly KeyEntry[]) => void
  readonly forget: (exportId: string) => void
}

interface Props {
  item: AuditItem
  entry: KeyEntry | undefined
  /** Of the key. */
  name: string
  fix: FixActions
}

/** The buttons that mend one row. */
export function AuditFixes({ item, ...rest }: Props) {
  return item.fixes.map((one) => <FixButton key={one.act} one={one} item={item} {...rest} />)
}

/** Panels that mend something. */
const PANELS = {
  edit: 'edit',
  duplicate: 'duplicate',
  rotate: 'rotate',
  details: 'details',
  exports: 'export',
} as const satisfies Partial<Record<Fix['act'], KeyPanelKind>>

function FixButton({ one, item, entry, name, fix }: Props & { one: Fix }) {
  const { t } = useTranslation('keys')
  const { act } = one
  const label = act === 'edit' ? t(`audit.edit.${one.field}`) : t(`audit.fix.${act}`)
  const named = t('audit.fix-named', { fix: label, name })
  switch (act) {
    case 'disable':
    case 'delete':
      return (
        entry && (
          <Button
            size="s"
            aria-label={named}
            disabled={fix.busy}
            onClick={() => {
              ;(act === 'disable' ? fix.disable : fix.remove)([entry])
            }}
          >
            {label}
          </Button>
        )
      )
    case 'forget-export':
      return (
        <Button
          size="s"
          variant="ghost"
          aria-label={named}
          title={t('audit.forget-help')}
          disabled={fix.busy}
          onClick={() => {
            fix.forget(item.id)
          }}
        >
          {label}
        </Button>
      )
    default: {
      if (!entry) return null
      const panel = { kind: PANELS[act], account: entry.account.id, key: entry.row.id }
      return (
        <LinkButton size="s" aria-label={named} href={hrefOf({ page: 'keys', panel })}>
          {label}
        </LinkButton>
      )
    }
  }
}
