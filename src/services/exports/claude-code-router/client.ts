import type { ExportRecord } from '@/src/domain/export-record'
import { raise, settle } from '@/src/domain/failure'

import type { GatewayClient, GatewayLine, Placed, Wish } from '../gateway-client'
import { isObject, type JsonObject, sameJson, textOf, without } from '../json'
import { configure, providersOf } from './config'
import { type Door, openDoor } from './doors'

/** One restart because the file changed under our hands, and one repetition of a lost write. */
const MOST_ROUNDS = 3

/** A server that is told to restart takes a moment to go, and some more to come back (5.2). */
const GOING_MS = 1000
const COMING_MS = 700
const LONGEST_RESTART_MS = 15_000

/** Claude Code Router of any generation (`contracts/exports.md 5`). */
export function createClaudeCodeRouter(line: GatewayLine): GatewayClient {
  let opened: Promise<Door> | undefined
  const door = () => (opened ??= openDoor(line))
  return {
    async test() {
      const { version, generation } = await openDoor(line)
      return { version, generation }
    },
    place: async (record, wish) => place(await door(), record, wish),
    restart: async () => restart(line, await door()),
  }
}

/**
 * Reads, changes and writes back the whole configuration so that nothing anybody else wrote is
 * lost. It has no revision: an edit between our last reading and the write is the one thing that
 * cannot be noticed, so nothing stands between these two.
 *
 * @throws `refused`/`gateway-conflict` when others wrote at the same time again and again.
 */
async function place(door: Door, record: ExportRecord, wish: Wish): Promise<Placed> {
  let written: Placed | undefined
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = await door.read()
    const { config, ...placed } = configure(door.generation, before, record, wish)
    if (placed.result === 'already-there') return written ?? placed
    if (!sameJson(await door.read(), before)) continue
    const fate = await door.save(config)
    written = placed
    const after = await settle(() => door.read())
    if (!after.ok) {
      const isFate = fate === 'unknown' || after.failure.class === 'network'
      return raise(isFate ? { class: 'interrupted', reason: 'uncertain' } : after.failure)
    }
    // Servers may put into another form what they save; what counts is that nothing is left to do.
    const left = configure(door.generation, after.value, record, wish)
    if (left.result !== 'already-there') continue
    const [was, is] = [before, after.value].map((one) => withoutOurs(one, placed, wish))
    return sameJson(was, is) ? placed : { ...placed, result: 'conflict' }
  }
  return raise({ class: 'refused', reason: 'gateway-conflict' })
}

/** Everything an import does not touch. */
function withoutOurs(config: JsonObject, { providerName }: Placed, wish: Wish): JsonObject {
  const { Providers: _, Router: router, ...rest } = config
  const others = providersOf(config).filter((one) => textOf(one, 'name') !== providerName)
  const routes = isObject(router) ? router : {}
  return {
    ...rest,
    Providers: others,
    Router: wish.setDefault ? without(routes, 'default') : routes,
  }
}

async function restart(line: GatewayLine, door: Door): Promise<boolean> {
  await door.restart()
  if (door.generation === 'v3') return true
  const endMs = line.now() + LONGEST_RESTART_MS
  await line.sleep(GOING_MS)
  while (line.now() < endMs) {
    const answer = await settle(() =>
      line.transport({
        method: 'GET',
        path: `${line.basePath}/health`,
        cookies: 'omit',
        budget: 'general',
        timeoutMs: 2000,
      }),
    )
    if (answer.ok && answer.value.status === 200) return true
    await line.sleep(COMING_MS)
  }
  return false
}
