import type { AppEvent } from '@/src/messaging/protocol'
import type { Desk } from '@/src/messaging/server'
import type { OriginBudgets } from '@/src/net/budgets'
import type { Transport } from '@/src/net/transport'
import type { AccountBook } from '@/src/services/account-book'
import type { AsAccount } from '@/src/services/as-account'
import type { SettingsService } from '@/src/services/settings'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { SiteType } from '@/src/domain/site-type'
import type { Vault } from '@/src/storage/vault'

/**
 * What the first part of the worker lends the late one. Everything with a memory of its own is lent:
 * each part has its own copy of the code, and two copies of a memory would disagree.
 */
export interface LatePorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly settings: Pick<SettingsService, 'load'>
  readonly adapterFor: (type: SiteType) => SiteAdapter
  /** Does work at an account's site with proof of its user. */
  readonly asAccount: AsAccount
  /** At most so many accounts at once as refreshes ask. */
  readonly atNetwork: <T>(work: () => Promise<T>) => Promise<T>
  /** Requests from the worker to one origin, for keys and gateways; inside its budgets. */
  readonly transportTo: (origin: string) => Transport
  readonly budgets: OriginBudgets
  /** Ends the rests of these accounts' sites, or of all: a person asks for something there now. */
  readonly forgive: (accountIds?: readonly string[]) => Promise<void>
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly announce: (event: AppEvent) => void
  /** Keeps the worker alive while something runs. */
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  /** Starts the worker again at that time; `null` = no more. */
  readonly wakeAt: (atMs: number | null) => Promise<void>
  readonly now: () => number
}

/** What the late part gives the first one. */
export interface LatePart {
  readonly desk: Desk
  /** Goes on with the chores a dead worker left; resolves when they run or there is nothing to do. */
  resume(): Promise<void>
}

/** How the late part is made; the script puts it where {@link LATE_GLOBAL} says. */
export type ComposeLate = (ports: LatePorts) => LatePart
