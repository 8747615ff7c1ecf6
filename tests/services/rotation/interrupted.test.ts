import { expect, test } from 'vitest'

import { raise, settle } from '@/src/domain/failure'

import { fullKey } from '../keys/key-world'
import { keysAt, only, type RotationWorker, type Scene, startRotating, startScene } from './world'

/** A worker that dies never ends what it began; one whose step fails is told so, whatever happened. */
type Fault = 'dies' | 'fails'

interface Place {
  readonly at: number
  readonly how: Fault
}

interface Watched {
  readonly scene: Scene
  /** The one that lives. */
  worker: RotationWorker
  readonly oldText: string
  /** Ids the relay ever had. */
  readonly seen: Set<string>
  /** Steps at which no key was on, or there were too many. */
  readonly wrong: string[]
  steps: number
  look: (step: string) => void
}

function strike({ worker }: Watched, how: Fault, step: string): void {
  if (how === 'dies') worker.life.isAlive = false
  else if (step.includes('write')) raise({ class: 'storage', reason: 'unavailable' })
  else raise({ class: 'network', reason: 'cut-off' })
}

async function watched(fault?: Place): Promise<Watched> {
  const scene = await startScene()
  const { relay, worker } = scene
  const of: Watched = {
    scene,
    worker,
    oldText: fullKey(relay, '1'),
    seen: new Set(),
    wrong: [],
    steps: 0,
    look: (step) => {
      const { on, all } = keysAt(relay)
      for (const id of all) of.seen.add(id)
      if (on.length < 1 || all.length > 2) of.wrong.push(`${String(of.steps)} ${step}`)
    },
  }
  worker.life.onStep = (step) => {
    of.steps += 1
    of.look(step)
    if (of.steps === fault?.at) strike(of, fault.how, step)
  }
  return of
}

/** Work of the present worker until it ends or the worker dies; then another one takes over. */
async function live(of: Watched, work: (worker: RotationWorker) => Promise<unknown>) {
  const { worker } = of
  const state = { isOver: false }
  void settle(async () => {
    await work(worker)
    await worker.rotations.idle()
  }).then(() => (state.isOver = true))
  const isUnderWay = () => worker.life.isAlive && !state.isOver
  while (isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 1))
  // Time to rest: after a failure a site is left alone for a while.
  of.scene.world.clock.nowMs += 60_000
  if (worker.life.isAlive) return
  of.worker = await startRotating(of.scene.world)
  of.worker.life.onStep = of.look
}

const begin = (of: Watched) =>
  live(of, ({ rotations }) => rotations.start(of.scene.old, [of.scene.exportId]))

/** Does what a person would, until it is done or waits for the last step. */
async function goThrough(of: Watched, goal: 'done' | 'delete'): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    const rotation = await only(of.worker.rotations)
    if (!rotation) await begin(of)
    else if (rotation.state === 'done') return
    else if (rotation.state === 'running') await live(of, ({ rotations }) => rotations.wakeUp())
    else if (rotation.step !== 'delete') {
      await live(of, ({ rotations }) => rotations.goOn({ id: rotation.id }))
    } else if (goal === 'delete') return
    else await live(of, ({ rotations }) => rotations.finish(rotation.id))
  }
  throw new Error(`never over: ${JSON.stringify(await of.worker.rotations.list())}`)
}

async function takeBack(of: Watched): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    const rotation = await only(of.worker.rotations)
    if (!rotation || rotation.state === 'rolled-back') return
    if (rotation.state === 'rolling-back') await live(of, ({ rotations }) => rotations.wakeUp())
    else await live(of, ({ rotations }) => rotations.rollBack({ id: rotation.id }))
  }
  throw new Error(`never back: ${JSON.stringify(await of.worker.rotations.list())}`)
}

async function expectDone({ scene, seen, wrong, worker }: Watched): Promise<void> {
  expect(wrong).toEqual([])
  expect(await only(worker.rotations)).toMatchObject({ state: 'done', newKeyId: '2' })
  expect(keysAt(scene.relay)).toEqual({ on: ['2'], all: ['2'] })
  expect([...seen]).toEqual(['1', '2'])
  expect(scene.gatewayKeys()).toEqual([fullKey(scene.relay, '2')])
  const ledger = await worker.exports.ledger.list()
  expect(ledger.filter(({ stale }) => stale === undefined)).toMatchObject([
    { source: { keyId: '2' } },
  ])
}

async function expectBack({ scene, seen, wrong, worker, oldText }: Watched): Promise<void> {
  expect(wrong).toEqual([])
  expect(keysAt(scene.relay)).toEqual({ on: ['1'], all: ['1'] })
  expect(seen.size).toBeLessThanOrEqual(2)
  expect(scene.gatewayKeys()).toEqual([oldText])
  const ledger = await worker.exports.ledger.list()
  expect(ledger.filter(({ stale }) => stale === undefined)).toMatchObject([
    { source: { keyId: '1' } },
  ])
  expect(await worker.keys.secretOf(scene.old)).toBe(oldText)
}

/**
 * The steps it takes without a fault that are worth one: to die after a step is to die before the
 * next one.
 */
async function placesIn(
  how: Fault,
  start: () => Promise<Watched>,
  work: (of: Watched) => Promise<void>,
): Promise<number[]> {
  const of = await start()
  const from = of.steps
  const places: number[] = []
  const { life } = of.worker
  const { onStep } = life
  life.onStep = (step) => {
    onStep(step)
    if (how === 'fails' || step.startsWith('before')) places.push(of.steps - from)
  }
  await work(of)
  return places
}

const FAULTS: Fault[] = ['dies', 'fails']
const TIMEOUT_MS = 180_000

test.each(FAULTS)(
  'a rotation that is cut off before or after any write or request (%s) ends done, with one new key',
  async (how) => {
    const places = await placesIn(how, watched, (of) => goThrough(of, 'done'))
    expect(places.length).toBeGreaterThan(40)
    for (const at of places) {
      const of = await watched({ at, how })
      await goThrough(of, 'done')
      await expectDone(of).catch((thrown: unknown) => {
        throw new Error(`cut off at ${String(at)}`, { cause: thrown })
      })
    }
  },
  TIMEOUT_MS,
)

test.each(FAULTS)(
  'a rotation that is cut off anywhere before the old key is deleted (%s) can be taken back',
  async (how) => {
    const places = await placesIn(how, watched, (of) => goThrough(of, 'delete'))
    for (const at of places) {
      const of = await watched({ at, how })
      await begin(of)
      await takeBack(of)
      await expectBack(of).catch((thrown: unknown) => {
        throw new Error(`cut off at ${String(at)}`, { cause: thrown })
      })
    }
  },
  TIMEOUT_MS,
)

/** Waits for the last step, and counts from there. */
async function waiting(fault?: Place): Promise<Watched> {
  const of = await watched()
  await goThrough(of, 'delete')
  const { onStep } = of.worker.life
  const from = of.steps
  of.worker.life.onStep = (step) => {
    onStep(step)
    if (of.steps - from === fault?.at) strike(of, fault.how, step)
  }
  return of
}

test.each(FAULTS)(
  'taking back that is cut off anywhere (%s) goes on, or the rotation goes on instead',
  async (how) => {
    const places = await placesIn(how, waiting, takeBack)
    expect(places.length).toBeGreaterThan(15)
    for (const at of places) {
      const back = await waiting({ at, how })
      await takeBack(back)
      await expectBack(back).catch((thrown: unknown) => {
        throw new Error(`cut off at ${String(at)}`, { cause: thrown })
      })
      if (how === 'dies') continue
      const of = await waiting({ at, how })
      const { id } = (await only(of.worker.rotations)) ?? { id: '' }
      await live(of, ({ rotations }) => rotations.rollBack({ id }))
      const { state } = (await only(of.worker.rotations)) ?? {}
      if (state !== 'failed' && state !== 'needs-you') continue
      const { all } = keysAt(of.scene.relay)
      // Once the new key is gone there is nothing to go on with.
      if (!all.includes('2')) continue
      await goThrough(of, 'done')
      await expectDone(of).catch((thrown: unknown) => {
        throw new Error(`cut off at ${String(at)}, then on`, { cause: thrown })
      })
    }
  },
  TIMEOUT_MS,
)
