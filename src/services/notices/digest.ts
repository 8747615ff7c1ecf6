import type { CheckInCounts, News, NewsAccount } from '@/src/domain/news'
import type { Notice, NoticeEvent } from '@/src/domain/notice'
import type { Language } from '@/src/domain/settings'
import { redact } from '@/src/net/redact'

import { fitUnits } from './fit-text'
import { type Say, sayIn } from './words'

/** Accounts named in one line; of the others only the number is told. */
const NAMED = 5
/** Longest name of an account, in characters. */
const NAME_LIMIT = 40

/** What a notice is about mainly, when it tells several things. */
const BY_WEIGHT: readonly NoticeEvent[] = [
  'check-in-finished',
  'check-in-needs-you',
  'sync-failed',
  'login-expired',
  'low-balance',
]

/** Everything one occasion has to tell, as one message; `null` = nothing. */
export function digestOf(news: readonly News[], language: Language): Notice | null {
  const say = sayIn(language)
  const told = news
    .filter(saysSomething)
    .sort((a, b) => BY_WEIGHT.indexOf(a.event) - BY_WEIGHT.indexOf(b.event))
  const [main] = told
  if (!main) return null
  const { event } = main
  return {
    event,
    status: statusOf(main),
    title: say(`title-${event}`),
    message: told.map((one) => lineOf(one, say, language)).join('\n'),
    counts: event === 'check-in-finished' ? countsOf(main.counts) : null,
  }
}

/** The sample a person sends to see whether a channel works. */
export function sampleNotice(language: Language): Notice {
  const say = sayIn(language)
  const [title, message] = [say('title-test'), say('test')]
  return { event: 'test', status: 'info', title, message, counts: null }
}

function saysSomething(one: News): boolean {
  if ('accounts' in one) return one.accounts.length > 0
  return one.event !== 'check-in-finished' || totalOf(one.counts) > 0
}

function lineOf(one: News, say: Say, language: Language): string {
  switch (one.event) {
    case 'check-in-finished':
      return say('checked-in', { counts: listed(partsOf(one.counts, say), say) })
    case 'check-in-needs-you':
      return say('needs-you', named(one.accounts.map(nameOf), say))
    case 'login-expired':
      return say('login-expired', named(one.accounts.map(nameOf), say))
    case 'low-balance': {
      const names = one.accounts.map((account) =>
        say('with-amount', { name: nameOf(account), amount: usd(account.balanceUsd, language) }),
      )
      return say('low-balance', named(names, say))
    }
    case 'sync-failed':
      return say('sync-failed')
  }
}

function partsOf(counts: CheckInCounts, say: Say): string[] {
  const { done, earlier, notDone, needsYou, unknown } = counts
  return [
    ...(done > 0 ? [say('done', { number: done })] : []),
    ...(earlier > 0 ? [say('earlier', { number: earlier })] : []),
    ...(notDone > 0 ? [say('not-done', { number: notDone })] : []),
    ...(needsYou > 0 ? [say('waiting', { count: needsYou })] : []),
    ...(unknown > 0 ? [say('unknown', { number: unknown })] : []),
  ]
}

function named(names: readonly string[], say: Say) {
  const first = listed(names.slice(0, NAMED), say)
  const rest = names.length - NAMED
  return {
    count: names.length,
    names: rest > 0 ? say('more', { names: first, number: rest }) : first,
  }
}

/** Full-width commas bring their own room. */
function listed(parts: readonly string[], say: Say): string {
  const comma = say('comma')
  return parts.join(comma === ',' ? ', ' : comma)
}

/**
 * What an account is called outside of this browser: its name, or the host of its site when the name
 * holds what should stay here, such as a token, a mail address or an address with a path.
 */
function nameOf({ name, origin }: NewsAccount): string {
  const line = name.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const isFit =
    line !== '' && redact(line) === line && !/:\/\/|[\w-]\.[a-z]{2,}(?::\d+)?\//i.test(line)
  return fitUnits(isFit ? line : new URL(origin).host, NAME_LIMIT)
}

function usd(amount: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 2,
  }).format(amount)
}

function statusOf(main: News): Notice['status'] {
  if (main.event === 'sync-failed') return 'failure'
  if (main.event !== 'check-in-finished') return 'info'
  const { total, failed } = countsOf(main.counts)
  if (failed === 0) return 'success'
  return failed === total ? 'failure' : 'partial'
}

/** As 8.2 counts: what was done before is skipped, and what is not known to be done failed. */
function countsOf(counts: CheckInCounts): NonNullable<Notice['counts']> {
  const { done, earlier, notDone, needsYou, unknown } = counts
  return {
    total: totalOf(counts),
    success: done,
    failed: notDone + needsYou + unknown,
    skipped: earlier,
  }
}

function totalOf({ done, earlier, notDone, needsYou, unknown }: CheckInCounts): number {
  return done + earlier + notDone + needsYou + unknown
}
