import type { AppEvent } from '@/src/messaging/protocol'
import type { CodesDoor } from '@/src/messaging/codes-door'
import type { Desk } from '@/src/messaging/server'
import type { JobProgress } from '@/src/domain/job'
import type { JournalReason } from '@/src/domain/journal'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'
import type { AccountBook } from '@/src/services/account-book'
import type { AsAccount } from '@/src/services/as-account'
import type { SettingsService } from '@/src/services/settings'
import type { SiteBook } from '@/src/services/site-book'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

/**
 * What the first part of the worker lends the automation. Everything with a memory of its own is
 * lent, as to the late part.
 */
export interface AutomationPorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly settings: Pick<SettingsService, 'load'>
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly descriptions: readonly SiteDescription[]
  /** Does work at an account's site with proof of its user. */
  readonly asAccount: AsAccount
  /** At most so many accounts at once as refreshes ask. */
  readonly atNetwork: <T>(work: () => Promise<T>) => Promise<T>
  /** Ends the rests of these accounts' sites, or of all: a person asks for something there now. */
  readonly forgive: (accountIds?: readonly string[]) => Promise<void>
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly siteBook: SiteBook
  /** Starts or joins a refresh of these accounts. */
  readonly refresh: (ids: readonly string[], why: JournalReason) => Promise<string>
  /** The refresh that runs, if one does. */
  readonly refreshing: () => Promise<JobProgress | null>
  readonly announce: (event: AppEvent) => void
  /** Keeps the worker alive while something runs. */
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  /** Starts the worker again at that time; `null` = no more. */
  readonly wakeAt: (atMs: number | null) => Promise<void>
  readonly now: () => number
}

/** What the automation gives the first part. */
export interface AutomationPart {
  readonly desk: Desk
  /**
   * Goes on with what a dead worker left, begins what is due and plans what comes next; resolves
   * when that is begun and the agenda is written.
   */
  wakeUp(): Promise<void>
  /** Accounts, or what is known of them, changed. Only told while the agenda says it watches. */
  accountsChanged(): Promise<void>
  /** Access to sites was granted or taken back. */
  accessChanged(): Promise<void>
  /** Answers what our script found on a page of a site. */
  readonly codes: CodesDoor
}

/** How the automation is made; the script puts it where the loader looks. */
export type ComposeAutomation = (ports: AutomationPorts) => AutomationPart
