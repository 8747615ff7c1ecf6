import { Copy, Eye, EyeOff, LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import { UNKNOWN_MARK } from '../../text/format'
import type { KeyEntry } from './key-entries'

export interface KeySecretActions {
  readonly reveal: (entry: KeyEntry) => void
  readonly hide: (id: string) => void
  readonly copy: (entry: KeyEntry) => void
}

interface Props {
  entry: KeyEntry
  /** The full key, while the person wants to see it. */
  revealed: string | undefined
  /** It is being fetched. */
  busy: boolean
  actions: KeySecretActions
}

/** The masked key; in full only on demand. */
export function KeyCell({ entry, revealed, busy, actions }: Props) {
  const { t } = useTranslation('keys')
  const { row, can } = entry
  const values = { name: row.name }
  const isShown = revealed !== undefined
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span
        className={`min-w-0 flex-1 font-mono text-12 ${isShown ? 'relative z-1 overflow-x-auto whitespace-nowrap select-all' : 'truncate text-text-2'}`}
      >
        {revealed ?? (row.shown || UNKNOWN_MARK)}
      </span>
      {can.reveal ? (
        <span className="relative z-1 flex shrink-0">
          <IconButton
            className={`size-7 ${busy ? 'animate-spin' : ''}`}
            icon={busy ? LoaderCircle : isShown ? EyeOff : Eye}
            label={t(isShown ? 'row.hide' : 'row.reveal', values)}
            aria-pressed={isShown}
            aria-busy={busy || undefined}
            onClick={() => {
              if (isShown) actions.hide(entry.id)
              else if (!busy) actions.reveal(entry)
            }}
          />
          <IconButton
            className="size-7"
            icon={Copy}
            label={t('row.copy', values)}
            onClick={() => {
              actions.copy(entry)
            }}
          />
        </span>
      ) : (
        <span className="shrink-0 text-12 text-text-3" title={t('value.lost-hint')}>
          {t('value.lost')}
        </span>
      )}
    </span>
  )
}
