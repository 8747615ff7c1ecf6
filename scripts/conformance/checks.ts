import { randomBytes } from 'node:crypto'

import { dayRange } from '@/src/domain/day-key'
import { type Failure, type FailureClass, type Result, unwrap } from '@/src/domain/failure'
import type { Metric } from '@/src/domain/metric'
import type { Generation } from '@/src/domain/site-type'
import type { AccountFigures, TodayUse } from '@/src/domain/snapshot'
import type { Access, SiteAdapter, SiteContext } from '@/src/sites/adapter'

import { describe, expect, type Ledger, NotOffered } from './ledger'

export interface Subject {
  readonly ctx: SiteContext
  readonly adapter: SiteAdapter
  readonly ledger: Ledger
}

/** Every operation that needs a proven user, with one access. */
export async function checkAccess(
  { ctx, adapter, ledger }: Subject,
  access: Access,
  generation: Generation,
): Promise<void> {
  const by = access.kind === 'token' ? 'access token' : 'session'
  const day = dayRange(ctx.now())
  await ledger.check(`figures (${by})`, async () => {
    const figures = unwrap(await adapter.fetchFigures(ctx, access))
    expectFigures(figures, access.userId)
    return { value: figures, note: `balance ${show(figures.balance)} points` }
  })
  await ledger.check(`today's use (${by})`, async () => {
    const today = unwrap(await adapter.fetchTodayUse(ctx, access, day))
    expectToday(today, day.dayKey)
    return { value: today, note: `consumption ${show(today.consumption)} points` }
  })
  await ledger.check(`refresh (${by})`, async () => {
    const { figures, today } = unwrap(await adapter.refresh(ctx, access, day))
    expectFigures(figures, access.userId)
    expectToday(today, day.dayKey)
    return { value: figures, note: `balance ${show(figures.balance)} points` }
  })
  await checkGroups({ ctx, adapter, ledger }, access, by)
  await ledger.check(`API keys (${by})`, async () => {
    const { keys, complete } = unwrap(await adapter.listApiKeys(ctx, access, generation))
    expect(new Set(keys.map(({ id }) => id)).size === keys.length, 'an id occurs twice')
    const masked = keys.filter(({ key }) => key.kind === 'masked').length
    const end = complete ? '' : ', list cut at the page limit'
    return { value: keys, note: `${String(keys.length)} keys, ${String(masked)} masked${end}` }
  })
  await checkRefusals({ ctx, adapter, ledger }, access, by)
}

async function checkGroups(
  { ctx, adapter, ledger }: Subject,
  access: Access,
  by: string,
): Promise<void> {
  await ledger.check(`groups (${by})`, async () => {
    const groups = await adapter.fetchGroups(ctx, access)
    // Said by the adapter itself, without a call: a 404 of the server would name the path.
    if (!groups.ok && groups.failure.class === 'unsupported' && !groups.failure.path) {
      throw new NotOffered('this software has none')
    }
    const list = unwrap(groups)
    return { value: list, note: `${String(list.length)} groups` }
  })
}

/** What must not work: somebody else's id, a token nobody was given. */
async function checkRefusals(
  { ctx, adapter, ledger }: Subject,
  access: Access,
  by: string,
): Promise<void> {
  const stranger = { ...access, userId: String(BigInt(access.userId) + 1n) }
  await ledger.check(`wrong user id is refused (${by})`, async () => {
    const note = expectRefusal(await adapter.fetchFigures(ctx, stranger), ['identity', 'login'])
    return { value: null, note }
  })
  if (access.kind !== 'token') return
  await ledger.check('invalid token is refused', async () => {
    const forged = { ...access, accessToken: randomBytes(16).toString('hex') }
    const note = expectRefusal(await adapter.fetchFigures(ctx, forged), ['login', 'refused'])
    return { value: null, note }
  })
}

/** Both credentials must tell the same about the same user. */
export async function checkAgreement(
  { ctx, adapter, ledger }: Subject,
  session: Access,
  token: Access,
): Promise<void> {
  await ledger.check('session and access token agree', async () => {
    // The balance of an account in use moves between two calls: three chances to catch it at rest.
    for (let left = 3; ; left -= 1) {
      const a = unwrap(await adapter.fetchFigures(ctx, session))
      const b = unwrap(await adapter.fetchFigures(ctx, token))
      expect(a.userId === b.userId && a.username === b.username, 'they name different users')
      const agree = show(a.balance) === show(b.balance)
      if (agree) return { value: null, note: `balance ${show(a.balance)} points` }
      expect(left > 1, `balance ${show(a.balance)} by session, ${show(b.balance)} by token`)
    }
  })
}

export function expectFigures(figures: AccountFigures, userId: string): void {
  expect(figures.userId === userId, 'the answer is about another user')
  for (const name of ['balance', 'usedTotal', 'requestsTotal'] as const) {
    expectWhole(figures[name], name)
    expect(figures[name].state === 'complete', `${name} is ${figures[name].state}`)
  }
}

function expectToday(today: TodayUse, dayKey: string): void {
  expect(today.dayKey === dayKey, 'the use of another day')
  const { consumption } = today
  expect(consumption.state !== 'unavailable', `consumption is unavailable: ${show(consumption)}`)
  for (const name of ['consumption', 'requests', 'promptTokens', 'completionTokens'] as const) {
    expectWhole(today[name], name)
  }
}

function expectWhole(metric: Metric, name: string): void {
  if (metric.state === 'unavailable') return
  expect(Number.isSafeInteger(metric.value), `${name} is not a whole number`)
}

function expectRefusal(result: Result<unknown>, classes: readonly FailureClass[]): string {
  expect(!result.ok, 'it was accepted')
  const { failure }: { failure: Failure } = result
  expect(classes.includes(failure.class), `unclear answer: ${describe(failure)}`)
  return describe(failure)
}

function show(metric: Metric): string {
  if (metric.state === 'unavailable') return metric.reason
  return metric.state === 'partial'
    ? `at least ${String(metric.value)} (${metric.reason})`
    : String(metric.value)
}
