import { expect, test } from 'vitest'

import type { NewApiRelay } from '@/e2e/relays/new-api/relay'
import { raise, settle } from '@/src/domain/failure'

import {
  codeNamed,
  codesNamed,
  CREDIT,
  redeemWorld,
  type RedeemWorker,
  type RedeemWorld,
  siteWith,
  startWith,
  unused,
} from './redeem-world'

/** A worker that dies never ends what it began; one whose step fails is told so, whatever happened. */
type Fault = 'dies' | 'fails'

interface Place {
  readonly at: number
  readonly how: Fault
}

const HERE = codesNamed('here', 2)
const THERE = codeNamed('there')
const USED = codeNamed('used')
const CODES = [HERE[0], THERE, USED, HERE[1]] as string[]

interface Scene {
  readonly world: RedeemWorld
  readonly relays: readonly NewApiRelay[]
  readonly accounts: readonly string[]
  /** The one that lives. */
  worker: RedeemWorker
  /** Steps since the batch was begun. */
  readonly steps: string[]
  isCounting: boolean
}

async function startScene(fault?: Place): Promise<Scene> {
  const world = await redeemWorld()
  const used = { code: USED, quota: CREDIT, status: 3 as const }
  const first = await world.keys.relay('first', siteWith([...unused(HERE), used]))
  const second = await world.keys.relay('second', siteWith(unused([THERE])))
  const worker = await startWith(world, 'first', 'second')
  const { life } = worker.worker
  const scene: Scene = {
    world,
    relays: [first, second],
    accounts: worker.accounts,
    worker,
    steps: [],
    isCounting: false,
  }
  life.onStep = (step) => {
    if (!scene.isCounting) return
    scene.steps.push(step)
    if (scene.steps.length !== fault?.at) return
    if (fault.how === 'dies') life.isAlive = false
    else if (step.includes('write')) raise({ class: 'storage', reason: 'unavailable' })
    else raise({ class: 'network', reason: 'cut-off' })
  }
  return scene
}

/** Work of the present worker until it ends or the worker dies; then another one takes over. */
async function live(scene: Scene, work: (worker: RedeemWorker) => Promise<unknown>) {
  const { worker } = scene
  const state = { isOver: false }
  void settle(async () => {
    await work(worker)
    await worker.redeemer.idle()
  }).then(() => (state.isOver = true))
  const isUnderWay = () => worker.worker.life.isAlive && !state.isOver
  while (isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 1))
  scene.world.clock.nowMs += 60_000
  if (!worker.worker.life.isAlive) scene.worker = await scene.world.start()
}

/** Whether the next worker would be told to look at the batch at all. */
async function isFound({ worker }: Scene): Promise<boolean> {
  const [{ state } = { state: '' }] = await worker.redeemer.list()
  if (state !== 'running') return true
  const agenda = await worker.worker.vault.load('agenda', 'agenda')
  return agenda === undefined
}

async function goThrough(scene: Scene): Promise<void> {
  // A plan that knows of no batch.
  await scene.worker.worker.vault.write([
    {
      store: 'agenda',
      put: { id: 'agenda', plannedAtMs: 1, zoneMin: 0, nextAtMs: null, watches: false },
    },
  ])
  scene.isCounting = true
  await live(scene, ({ redeemer }) => redeemer.start(CODES, scene.accounts))
  for (let turn = 0; turn < 6; turn += 1) {
    const [batch] = await scene.worker.redeemer.list()
    // It died before the batch was written: the page is told nothing, and nothing was sent.
    if (!batch) {
      expect(scene.world.sent).toEqual([])
      await live(scene, ({ redeemer }) => redeemer.start(CODES, scene.accounts))
      continue
    }
    if (batch.state === 'done') return
    expect(await isFound(scene)).toBe(true)
    await live(scene, ({ redeemer }) => redeemer.chore.wakeUp())
  }
  throw new Error(`never over: ${JSON.stringify(await scene.worker.redeemer.list())}`)
}

/** The person tries again what did not arrive. */
async function tryAgain(scene: Scene): Promise<void> {
  const [batch] = await scene.worker.redeemer.list()
  const failed = batch?.codes.flatMap(({ state }, at) => (state === 'failed' ? [at] : [])) ?? []
  await live(scene, ({ redeemer }) => redeemer.retry(batch?.id ?? '', failed))
}

/** The relays' own books against what is told. */
async function expectHonest(scene: Scene): Promise<void> {
  const [batch] = await scene.worker.redeemer.list()
  const credited = scene.relays.flatMap(({ books }) => books.codes.map(({ code }) => code))
  expect(new Set(credited).size).toBe(credited.length)
  expect(new Set(scene.world.sent).size).toBe(scene.world.sent.length)
  const states = CODES.map((code, at) => [code, batch?.codes[at]?.state ?? ''] as const)
  for (const [code, state] of states) {
    const isCredited = credited.includes(code)
    if (state === 'redeemed') expect(isCredited, code).toBe(true)
    else if (isCredited) expect(state, code).toBe('unknown')
    expect(['redeemed', 'used', 'invalid', 'unknown', 'failed'], code).toContain(state)
  }
  // One interruption costs one answer at most.
  expect(states.filter(([, state]) => state === 'unknown').length).toBeLessThanOrEqual(1)
}

async function settled(scene: Scene, cut: string): Promise<void> {
  try {
    await goThrough(scene)
    await expectHonest(scene)
    await tryAgain(scene)
    await expectHonest(scene)
  } catch (thrown) {
    const { sent } = scene.world
    throw new Error(`cut off ${cut}; left: ${sent.join(', ')}`, { cause: thrown })
  }
}

const FAULTS: Fault[] = ['dies', 'fails']

test.each(FAULTS)(
  'a batch that is cut off before or after any write or request (%s) sends no code twice and says what is so',
  async (how) => {
    const whole = await startScene()
    await goThrough(whole)
    await expectHonest(whole)
    const [batch] = await whole.worker.redeemer.list()
    expect(batch?.codes.map(({ state }) => state)).toEqual([
      'redeemed',
      'redeemed',
      'used',
      'redeemed',
    ])
    // To die after a step is to die before the next one.
    const places = whole.steps.flatMap((step, at) =>
      how === 'fails' || step.startsWith('before') ? [at + 1] : [],
    )
    expect(places.length).toBeGreaterThan(20)
    let proven = 0
    for (const at of places) {
      const scene = await startScene({ at, how })
      await settled(scene, whole.steps[at - 1] ?? '')
      const [end] = await scene.worker.redeemer.list()
      expect(end?.codes.some(({ state }) => state === 'failed')).toBe(false)
      if (end?.codes.every(({ state }) => state === 'redeemed' || state === 'used')) proven += 1
    }
    // Most cuts leave nothing open: what was credited is found.
    expect(proven).toBeGreaterThan(places.length / 2)
  },
  180_000,
)
