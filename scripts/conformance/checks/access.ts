import { dayRange } from '@/src/domain/day-key'
import { failed, type Result, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { TodayUse } from '@/src/domain/snapshot'
import type { Access, ApiKeyList } from '@/src/sites/adapter'

import { expect } from '../ledger'
import type { Subject } from '../subject'
import { expectAmount, expectFigures, expectToday, shown, tellsNoDay } from './amounts'
import { declares, offered } from './offered'
import { checkRefusals } from './refusals'

/** Every operation that needs a proven user, with one access. */
export async function checkAccess(
  subject: Subject,
  access: Access,
  generation: Generation,
): Promise<void> {
  const by = access.kind === 'token' ? 'access token' : 'session'
  await checkFigures(subject, access, by)
  await checkToday(subject, access, by)
  await checkRefresh(subject, access, by)
  const { ctx, adapter, ledger } = subject
  await ledger.check(`groups (${by})`, async () => {
    const isDeclared = declares(subject, 'groups')
    const groups = await offered(subject, isDeclared, () => adapter.fetchGroups(ctx, access))
    return { value: groups, note: `${String(groups.length)} groups` }
  })
  await ledger.check(`API keys (${by})`, async () => {
    const list = await offered(subject, declares(subject, 'api-keys'), () =>
      adapter.listApiKeys(ctx, access, generation),
    )
    return { value: list, note: expectKeys(subject, list) }
  })
  await checkRefusals(subject, access, by)
}

async function checkFigures(subject: Subject, access: Access, by: string): Promise<void> {
  const { ctx, adapter, ledger } = subject
  const { unit } = adapter.description
  await ledger.check(`figures (${by})`, async () => {
    const figures = unwrap(await adapter.fetchFigures(ctx, access))
    expectFigures(figures, access.userId, unit)
    return { value: figures, note: `balance ${shown(figures.balance, unit)}` }
  })
}

async function checkToday(subject: Subject, access: Access, by: string): Promise<void> {
  const { ctx, adapter, ledger } = subject
  const { unit } = adapter.description
  const day = dayRange(ctx.now())
  await ledger.check(`today's use (${by})`, async () => {
    const today = await offered(subject, declares(subject, 'today-use'), async () =>
      asRefusal(await adapter.fetchTodayUse(ctx, access, day)),
    )
    expectToday(today, day.dayKey, unit)
    return { value: today, note: `consumption ${shown(today.consumption, unit)}` }
  })
}

/** A day of which the adapter says that its family tells nothing, as the refusal it is. */
function asRefusal(today: Result<TodayUse>): Result<TodayUse> {
  return today.ok && tellsNoDay(today.value) ? failed({ class: 'unsupported' }) : today
}

async function checkRefresh(subject: Subject, access: Access, by: string): Promise<void> {
  const { ctx, adapter, ledger } = subject
  const { unit } = adapter.description
  const day = dayRange(ctx.now())
  await ledger.check(`refresh (${by})`, async () => {
    const { figures, today } = unwrap(await adapter.refresh(ctx, access, day))
    expectFigures(figures, access.userId, unit)
    if (declares(subject, 'today-use')) expectToday(today, day.dayKey, unit)
    else expect(tellsNoDay(today), 'tells a use of the day that is not declared')
    return { value: figures, note: `balance ${shown(figures.balance, unit)}` }
  })
}

function expectKeys({ adapter }: Subject, { keys, complete }: ApiKeyList): string {
  expect(new Set(keys.map(({ id }) => id)).size === keys.length, 'an id occurs twice')
  for (const { used, remaining } of keys) {
    expectAmount(used, 'use of a key', adapter.description.unit)
    if (remaining) expectAmount(remaining, 'rest of a key', adapter.description.unit)
  }
  const masked = keys.filter(({ key }) => key.kind === 'masked').length
  const end = complete ? '' : ', list cut at the page limit'
  return `${String(keys.length)} keys, ${String(masked)} masked${end}`
}
