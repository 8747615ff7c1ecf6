import { raise, settle } from '@/src/domain/failure'

import type { Placed } from '../gateway-client'
import { type JsonObject, sameJson } from '../json'
import type { Management, WriteFate } from './management'
import type { Plan, Planner } from './plan'

/** One restart because the list changed under our hands, and one repetition of a lost write. */
const MOST_ROUNDS = 3

/** A server reads its file again in its own time. */
const READINGS = 3
const READ_AGAIN_MS = 300

type Work = Exclude<Plan, { act: 'nothing' }>

/**
 * Puts a key into one list so that nothing anybody else wrote is lost (`contracts/exports.md 4.5`).
 * Server lists have no revision: an edit between our last reading and a whole-list write is the one
 * thing that cannot be noticed, so nothing stands between these two.
 *
 * @throws `refused`/`gateway-conflict` when others wrote at the same time again and again.
 */
export async function importKey(
  management: Management,
  planner: Planner,
  sleep: (ms: number) => Promise<void>,
): Promise<Placed> {
  let written: Work | undefined
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = (await management.read(planner.list)).entries
    const plan = planner.plan(before)
    if (plan.act === 'nothing') return placed(plan.providerName, written ?? plan)
    if (needsSecondLook(plan) && !(await isUnchanged(management, planner, before))) continue
    const fate = await write(management, planner, before, plan)
    if (fate === 'missing') continue
    written = plan
    const after = await readAfter(management, planner, fate, sleep)
    if (planner.plan(after).act !== 'nothing') continue
    const alone = sameOthers(before, after, plan)
    return alone
      ? placed(plan.providerName, plan)
      : { ...placed(plan.providerName, plan), result: 'conflict' }
  }
  const { entries } = await management.read(planner.list)
  if (written && planner.holds(entries)) {
    return { result: 'conflict', providerName: written.providerName }
  }
  return raise({ class: 'refused', reason: 'gateway-conflict' })
}

function placed(providerName: string, { act }: Plan): Placed {
  const RESULTS = { nothing: 'already-there', append: 'created', change: 'updated' } as const
  return { result: RESULTS[act], providerName }
}

/** A name or a key still means the same entry after others wrote; a position or a list does not. */
const needsSecondLook = (plan: Work): boolean =>
  plan.act === 'append' || plan.by === 'list' || 'index' in plan.by

async function isUnchanged(
  management: Management,
  planner: Planner,
  before: readonly JsonObject[],
): Promise<boolean> {
  return sameJson((await management.read(planner.list)).entries, before)
}

function write(
  management: Management,
  { list }: Planner,
  before: readonly JsonObject[],
  plan: Work,
): Promise<WriteFate> {
  if (plan.act === 'append') return management.replace(list, [...before, plan.entry])
  if (plan.by === 'list') return management.replace(list, before.with(plan.at, plan.entry))
  return management.change(list, plan.by, plan.entry)
}

/** The list after a write, read again for a moment while the key is not in it. */
async function readAfter(
  management: Management,
  planner: Planner,
  fate: WriteFate,
  sleep: (ms: number) => Promise<void>,
): Promise<readonly JsonObject[]> {
  for (let reading = 1; ; reading++) {
    const read = await settle(() => management.read(planner.list))
    if (!read.ok) {
      const isFate = fate === 'unknown' || read.failure.class === 'network'
      return raise(isFate ? { class: 'interrupted', reason: 'uncertain' } : read.failure)
    }
    const { entries } = read.value
    if (planner.holds(entries) || reading === READINGS) return entries
    await sleep(READ_AGAIN_MS)
  }
}

/** Whether all entries but ours are as they were. */
function sameOthers(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  plan: Work,
): boolean {
  const at = plan.act === 'append' ? before.length : plan.at
  const rest = (entries: readonly JsonObject[]) => entries.filter((_, index) => index !== at)
  const length = plan.act === 'append' ? before.length + 1 : before.length
  return after.length === length && sameJson(rest(before), rest(after))
}
