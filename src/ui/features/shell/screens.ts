import type { ComponentType } from 'react'

import type { CredentialsPanel, KeysPanel, PlainPage } from './route'

/**
 * What the shell shows for each place. The entry point fills this in, so that neither the shell
 * nor one screen depends on another. Screens may be lazy.
 */
export interface Screens {
  readonly accounts: ComponentType<{
    /** The account whose panel is open beside the list. */
    readonly openId: string | null
    readonly onOpen: (id: string) => void
    readonly onEdit: (id: string) => void
    readonly onAdd: () => void
  }>
  readonly accountDetails: ComponentType<{
    readonly id: string
    readonly onClose: () => void
    readonly onEdit: () => void
  }>
  readonly addAccount: ComponentType<{
    readonly origin?: string
    readonly tabId?: number
    readonly onClose: () => void
    readonly onOpen: (id: string) => void
  }>
  readonly editAccount: ComponentType<{ readonly id: string; readonly onClose: () => void }>
  readonly keys: ComponentType<{ readonly panel: KeysPanel }>
  readonly credentials: ComponentType<{ readonly panel: CredentialsPanel }>
  /** Models of one credential. */
  readonly models: ComponentType<{ readonly credentialId: string }>
  readonly plain: Readonly<Record<PlainPage, ComponentType>>
}
