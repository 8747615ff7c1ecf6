import type { KeyPanelKind } from '../shell/route'
import { goTo } from '../shell/use-route'
import type { KeySecretActions } from './key-cell'
import type { KeyEntry } from './key-entries'

/** What the list lets a person do with a key; stable, so that rows are not rendered for nothing. */
export interface KeyActions extends KeySecretActions {
  readonly toggleSelected: (id: string) => void
  readonly setEnabled: (entry: KeyEntry, enabled: boolean) => void
  readonly askRemove: (entry: KeyEntry) => void
  readonly saveCredential: (entry: KeyEntry) => void
}

/** Opens a panel about a key beside the list. */
export function openKey(kind: KeyPanelKind, { row }: KeyEntry): void {
  goTo({ page: 'keys', panel: { kind, account: row.accountId, key: row.id } })
}
