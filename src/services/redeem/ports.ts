import type { JournalReason } from '@/src/domain/journal'
import type { SiteDescription } from '@/src/domain/site-description'
import type { DailyAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from '../account-book'
import type { AsAccount } from '../as-account'
import type { Journal } from '../automation/journal'
import type { Wake } from '../counted-wake'

/** What redeeming needs from outside. */
export interface RedeemPorts {
  readonly vault: Vault
  readonly book: Pick<AccountBook, 'glance' | 'pages'>
  readonly descriptions: readonly SiteDescription[]
  readonly asAccount: AsAccount<DailyAdapter>
  readonly journal: Pick<Journal, 'change' | 'noteChange'>
  /** Ends the rests of these accounts' sites: a person asks for something there now. */
  readonly forgive: (accountIds: readonly string[]) => Promise<void>
  /** Starts or joins a refresh of these accounts. */
  readonly refresh: (accountIds: readonly string[], why: JournalReason) => Promise<unknown>
  /** Something about offers or batches changed. */
  readonly announce: (event: { readonly topic: 'redeem' }) => void
  readonly wake: Wake
  /** What is due has changed. */
  readonly replan: () => void
  readonly now: () => number
}
