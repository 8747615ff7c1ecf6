/** An account as a notice may name it. */
export interface NewsAccount {
  readonly id: string
  readonly name: string
  /** Stands in for a name that is not fit to leave the browser. */
  readonly origin: string
}

/** How the accounts of a check-in run ended. */
export interface CheckInCounts {
  readonly done: number
  readonly earlier: number
  readonly notDone: number
  readonly needsYou: number
  readonly unknown: number
}

/** One thing the user may want to be told; what is told at once becomes one notice. */
export type News =
  | { readonly event: 'check-in-finished'; readonly counts: CheckInCounts }
  | { readonly event: 'check-in-needs-you'; readonly accounts: readonly NewsAccount[] }
  | {
      readonly event: 'low-balance'
      readonly accounts: readonly (NewsAccount & { readonly balanceUsd: number })[]
    }
  | { readonly event: 'login-expired'; readonly accounts: readonly NewsAccount[] }
  | { readonly event: 'sync-failed' }

/** News about accounts that stay as they are: told of each account once in a while only. */
export type StandingNews = Extract<News, { event: 'low-balance' | 'login-expired' }>

export function isStanding(one: News): one is StandingNews {
  return one.event === 'low-balance' || one.event === 'login-expired'
}

/** What is remembered as told. */
export function toldKey(event: StandingNews['event'], accountId: string): string {
  return `${event} ${accountId}`
}
