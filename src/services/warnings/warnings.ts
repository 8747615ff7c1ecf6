import type { AutomationSettings } from '@/src/domain/automation-settings'
import { type News, type NewsAccount, type StandingNews, toldKey } from '@/src/domain/news'
import type { SiteType } from '@/src/domain/site-type'
import { type Warning, WARNING_KINDS } from '@/src/domain/warning'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook, AccountPage } from '../account-book'
import type { AutomationSettingsService } from '../automation/settings'
import { createQuiet } from '../notices/quiet'
import { endingLogin, endingPlans, usesBrowserLogin } from './ends'
import { isAmple, lowBalance, type Thresholds } from './low-balance'

const HOUR_MS = 3_600_000

export interface WarningPorts {
  readonly vault: Pick<Vault, 'load' | 'loadAll' | 'write' | 'exclusive'>
  readonly book: Pick<AccountBook, 'pages'>
  readonly settings: Pick<AutomationSettingsService, 'load'>
  readonly adapterFor: (type: SiteType) => Pick<SiteAdapter, 'loginCookies'>
  /** When the last of these cookies ends, epoch ms; `null` = not known (`platform/login-cookies.ts`). */
  readonly lastCookieEnd: (
    origin: string,
    cookies: NonNullable<SiteAdapter['loginCookies']>,
  ) => Promise<number | null>
  readonly announce: () => void
  readonly now: () => number
}

/** What will soon need the user; derived from what is stored, and never asked for. */
export interface Warnings {
  /** What stands and is not put away, by kind. */
  list(): Promise<Warning[]>
  /** Puts warnings away for the cooldown of the settings; one that goes and comes back is new. */
  putAway(keys: readonly string[]): Promise<void>
  /**
   * What a notice may tell of how accounts stand: balances that are low and logins that ended, as
   * far as nobody was told within the cooldown. What is over is forgotten, so that it is told again
   * when it comes back. Call it when a refresh is over, not in its middle: what it gives at once
   * becomes one notice.
   */
  notable(): Promise<News[]>
}

interface Look {
  readonly pages: readonly AccountPage[]
  readonly thresholds: Thresholds
  readonly decided: AutomationSettings['warnings']
}

export function createWarnings(ports: WarningPorts): Warnings {
  const { vault, book, now } = ports
  const putAway = createQuiet(vault, 'warnings', now)
  const told = createQuiet(vault, 'notices', now)

  async function look(): Promise<Look> {
    const [{ warnings: decided }, tags, pages] = await Promise.all([
      ports.settings.load(),
      vault.loadAll('tags'),
      book.pages(),
    ])
    return {
      pages: pages.filter(({ account }) => !account.decided.disabled),
      thresholds: { tags: tags.records, general: decided.lowBalanceUsd },
      decided,
    }
  }

  async function standing(): Promise<Warning[]> {
    const { pages, thresholds, decided } = await look()
    const nowMs = now()
    const logins = decided.loginDays > 0 ? await loginEnds(ports, pages) : new Map<string, null>()
    const warnings = pages.flatMap((page) => [
      ...lowBalance(page, thresholds),
      ...endingPlans(page, decided.planDays, nowMs),
      ...endingLogin(page, logins.get(page.account.id) ?? null, decided.loginDays, nowMs),
    ])
    const rank = ({ kind }: Warning) => WARNING_KINDS.indexOf(kind)
    return warnings.sort((a, b) => rank(a) - rank(b))
  }

  return {
    async list() {
      const warnings = await standing()
      const keys = new Set(warnings.map(({ key }) => key))
      await putAway.forget((key) => !keys.has(key))
      const away = await putAway.now()
      return warnings.filter(({ key }) => !away.has(key))
    },
    async putAway(keys) {
      const [{ warnings }, stand] = await Promise.all([ports.settings.load(), standing()])
      const known = stand.filter(({ key }) => keys.includes(key)).map(({ key }) => key)
      await putAway.claim(known, warnings.cooldownHours * HOUR_MS)
      ports.announce()
    },
    async notable() {
      const { pages, thresholds } = await look()
      const low = pages.flatMap((page) => lowNews(page, thresholds))
      const ended = pages.filter(isLoginOver).map(newsOf)
      const over = new Set(pages.flatMap((page) => overKeys(page, thresholds)))
      await told.forget((key) => over.has(key))
      const heard = await told.now()
      const fresh = (event: StandingNews['event']) => {
        return ({ id }: NewsAccount) => !heard.has(toldKey(event, id))
      }
      const news: readonly StandingNews[] = [
        { event: 'low-balance', accounts: low.filter(fresh('low-balance')) },
        { event: 'login-expired', accounts: ended.filter(fresh('login-expired')) },
      ]
      return news.filter(({ accounts }) => accounts.length > 0)
    },
  }
}

/** When the browser's login ends, by account; each site is looked at once. */
async function loginEnds(
  { adapterFor, lastCookieEnd }: WarningPorts,
  pages: readonly AccountPage[],
): Promise<Map<string, number | null>> {
  const asked = new Map<string, Promise<number | null>>()
  const ends = pages.filter(usesBrowserLogin).map(async ({ account }) => {
    const { origin, siteType } = account.decided
    const cookies = adapterFor(siteType).loginCookies
    if (!cookies) return [account.id, null] as const
    const site = `${siteType} ${origin}`
    // What the browser does not tell is not known.
    const end = asked.get(site) ?? lastCookieEnd(origin, cookies).catch(() => null)
    asked.set(site, end)
    return [account.id, await end] as const
  })
  return new Map(await Promise.all(ends))
}

function lowNews(page: AccountPage, thresholds: Thresholds) {
  return lowBalance(page, thresholds).flatMap(({ balanceUsd }) =>
    balanceUsd === undefined ? [] : [{ ...newsOf(page), balanceUsd }],
  )
}

const isLoginOver = ({ snapshot }: AccountPage) => snapshot.lastAttempt?.failure?.class === 'login'

/** What is certainly over; a failure of the network in between is not. */
function overKeys(page: AccountPage, thresholds: Thresholds): string[] {
  const { id } = page.account
  const { lastAttempt } = page.snapshot
  const worked = lastAttempt !== undefined && lastAttempt.failure === undefined
  return [
    ...(isAmple(page, thresholds) ? [toldKey('low-balance', id)] : []),
    ...(worked ? [toldKey('login-expired', id)] : []),
  ]
}

function newsOf({ account: { id, decided } }: AccountPage): NewsAccount {
  return { id, name: decided.name, origin: decided.origin }
}
