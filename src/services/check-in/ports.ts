import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { OffsetAt } from '@/src/domain/day-window'
import type { JournalEntry, JournalReason } from '@/src/domain/journal'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'
import type { DailyAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from '../account-book'
import type { AsAccount } from '../as-account'
import type { Journal } from '../automation/journal'
import type { Wake } from '../counted-wake'

/** What check-ins need from outside. */
export interface CheckInPorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly journal: Journal
  readonly settings: () => Promise<AutomationSettings>
  readonly descriptions: readonly SiteDescription[]
  readonly adapterFor: (type: SiteType) => DailyAdapter
  /** Does work at an account's site with proof of its user. */
  readonly asAccount: AsAccount<DailyAdapter>
  /** At most so many accounts at once as refreshes ask. */
  readonly atNetwork: <T>(work: () => Promise<T>) => Promise<T>
  /** Ends the rests of these accounts' sites, or of all: a person asks for something there now. */
  readonly forgive: (accountIds?: readonly string[]) => Promise<void>
  /** Starts or joins a refresh of these accounts. */
  readonly refresh: (ids: readonly string[], why: JournalReason) => Promise<unknown>
  /** Opens and shows a tab, because the user asked for it. */
  readonly openTab: (url: string) => Promise<unknown>
  /** Something about check-ins changed; called as often as it does. */
  readonly announce: () => void
  /** Counted: several pieces of work hold it at once. */
  readonly wake: Wake
  /** What is due may have changed. */
  readonly replan: () => void
  /** A run, or the scheduled work of a day, is over. Told at most once, after it was written down. */
  readonly onEnded: (entry: JournalEntry) => Promise<void>
  /** Default: the zone of this device. */
  readonly offsetAt?: OffsetAt
  readonly now: () => number
}
