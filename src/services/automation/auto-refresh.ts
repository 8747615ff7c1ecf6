import { automationOf } from '@/src/domain/account'
import type { JournalReason } from '@/src/domain/journal'
import type { AutomationSettings } from '@/src/domain/automation-settings'

import type { AccountBook, AccountPage } from '../account-book'
import type { Chore } from './agenda-keeper'
import { spreadOf } from './spread'

const MINUTE_MS = 60_000
/** After so many failures in a row an account is asked every fourth time only. */
const FAILURES_TO_SLOW = 3
const SLOWER = 4
/**
 * What one account may cost of its origin's time, ms: three requests at half of what the general
 * budget lets through. Many accounts at one origin are asked less often than the settings say.
 */
const COST_MS = 9_000
/** Due times differ by up to this part of the period, so that sites are not asked in step. */
const SPREAD = 0.1
/** Accounts that are due this soon go along, ms: fewer jobs, fewer wake-ups. */
const TOGETHER_MS = 30_000
/** A time further in the future than this comes from a clock that was set back, ms. */
const FUTURE_MS = 60_000

export interface AutoRefreshPorts {
  readonly book: Pick<AccountBook, 'pages'>
  readonly settings: () => Promise<AutomationSettings>
  readonly refresh: (ids: readonly string[], why: JournalReason) => Promise<string>
  readonly isRefreshing: () => Promise<boolean>
  readonly now: () => number
}

export interface AutoRefresh extends Chore {
  /** The popup was opened: refreshes what is old enough, if the settings say so. */
  popupOpened(): Promise<void>
}

/**
 * Refreshes accounts when their time has come. It remembers nothing of its own: when an account was
 * asked last stands in its snapshot, so a time that was slept through comes once and not many times.
 */
export function createAutoRefresh(ports: AutoRefreshPorts): AutoRefresh {
  const { now } = ports

  async function dueTimes(settings: AutomationSettings): Promise<Map<string, number>> {
    const pages = (await ports.book.pages()).filter(takesPart)
    const crowd = new Map<string, number>()
    for (const { account } of pages) {
      const { origin } = account.decided
      crowd.set(origin, (crowd.get(origin) ?? 0) + 1)
    }
    const at = (page: AccountPage) =>
      dueAt(page, settings, crowd.get(page.account.decided.origin) ?? 1, now())
    return new Map(pages.map((page) => [page.account.id, at(page)]))
  }

  return {
    async wakeUp() {
      const settings = await ports.settings()
      if (!settings.refresh.enabled || (await ports.isRefreshing())) return
      const nowMs = now()
      const times = await dueTimes(settings)
      if (![...times.values()].some((atMs) => atMs <= nowMs)) return
      const due = [...times].filter(([, atMs]) => atMs <= nowMs + TOGETHER_MS)
      // What is late by a whole period was slept through; what was never asked is not late.
      const lateMs = nowMs - settings.refresh.everyMin * MINUTE_MS
      const isLate = due.some(([, atMs]) => atMs > 0 && atMs < lateMs)
      await ports.refresh(
        due.map(([id]) => id),
        isLate ? 'catch-up' : 'schedule',
      )
    },
    async nextAtMs() {
      const settings = await ports.settings()
      if (!settings.refresh.enabled) return null
      const times = [...(await dueTimes(settings)).values()]
      if (times.length === 0) return null
      const nextMs = Math.min(...times)
      return (await ports.isRefreshing()) ? Math.max(nextMs, now() + MINUTE_MS) : nextMs
    },
    async popupOpened() {
      const { refresh } = await ports.settings()
      if (!refresh.onPopup || (await ports.isRefreshing())) return
      const nowMs = now()
      const pages = (await ports.book.pages()).filter(takesPart)
      const old = pages.filter(
        ({ snapshot }) =>
          ageOf(snapshot.lastAttempt?.atMs, nowMs) >= refresh.minAgeSec * 1000 &&
          (snapshot.lastAttempt?.failure?.retryAtMs ?? 0) <= nowMs,
      )
      if (old.length > 0)
        await ports.refresh(
          old.map(({ account }) => account.id),
          'popup',
        )
    },
  }
}

const takesPart = ({ account }: AccountPage): boolean =>
  !account.decided.disabled && automationOf(account).refresh

function ageOf(atMs: number | undefined, nowMs: number): number {
  return atMs === undefined || atMs > nowMs + FUTURE_MS ? Infinity : nowMs - atMs
}

/** When an account is to be asked next, epoch ms; 0 = it never was. */
function dueAt(
  { account, snapshot }: AccountPage,
  { refresh }: AutomationSettings,
  atOrigin: number,
  nowMs: number,
): number {
  const { lastAttempt, failuresInRow } = snapshot
  if (lastAttempt === undefined || ageOf(lastAttempt.atMs, nowMs) === Infinity) return 0
  const periodMs = Math.max(refresh.everyMin * MINUTE_MS, atOrigin * COST_MS)
  const slower = failuresInRow >= FAILURES_TO_SLOW ? SLOWER : 1
  const spreadMs = Math.floor(spreadOf(account.id, String(lastAttempt.atMs)) * SPREAD * periodMs)
  return Math.max(
    lastAttempt.atMs + periodMs * slower + spreadMs,
    lastAttempt.atMs + refresh.minAgeSec * 1000,
    lastAttempt.failure?.retryAtMs ?? 0,
  )
}
