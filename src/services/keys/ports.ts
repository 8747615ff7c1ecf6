import type { SiteType } from '@/src/domain/site-type'
import type { AccountBook } from '../account-book'
import type { AsAccount } from '../as-account'
import type { SettingsService } from '../settings'
import type { FullAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { Wake } from '../counted-wake'

/** What work on keys needs from outside. */
export interface KeyPorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly settings: Pick<SettingsService, 'load'>
  readonly adapterFor: (type: SiteType) => FullAdapter
  readonly asAccount: AsAccount<FullAdapter>
  /** At most so many accounts at once as refreshes ask. */
  readonly atNetwork: <T>(work: () => Promise<T>) => Promise<T>
  /** Something about keys changed. */
  readonly announce: (event: { readonly topic: 'keys' }) => void
  /** Counted: several pieces of work hold it at once. */
  readonly wake: Wake
  /** Starts the worker again at that time, epoch ms; `null` = no more. */
  readonly wakeAt: (atMs: number | null) => Promise<void>
  readonly now: () => number
}
