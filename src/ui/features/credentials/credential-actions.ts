import type { CredentialPanelKind } from '../shell/route'
import { goTo } from '../shell/use-route'
import type { CredentialEntry } from './credential-entries'

/** What the list lets a person do with a credential; stable, so that rows are not rendered for nothing. */
export interface CredentialActions {
  readonly reveal: (id: string) => void
  readonly hide: (id: string) => void
  readonly copyKey: (id: string) => void
  readonly copyBase: (entry: CredentialEntry) => void
  readonly copyBoth: (entry: CredentialEntry) => void
  readonly refresh: (entry: CredentialEntry) => void
  readonly askRemove: (entry: CredentialEntry) => void
}

/** Opens a panel about a credential beside the list. */
export function openCredential(kind: CredentialPanelKind, id: string): void {
  goTo({ page: 'credentials', panel: { kind, id } })
}

export function openModels(id: string): void {
  goTo({ page: 'models', credentialId: id })
}

export function closePanel(): void {
  goTo({ page: 'credentials', panel: { kind: 'none' } })
}
