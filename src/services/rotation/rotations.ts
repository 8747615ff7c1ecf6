import type { KeyRef } from '@/src/domain/api-key'
import type { Rotation } from '@/src/domain/chore'
import { raise } from '@/src/domain/failure'
import { createTurns, type Turns } from '@/src/storage/turns'

import { newRotation } from './begin'
import { UNCERTAIN } from './find-new'
import type { RotationPorts } from './ports'
import { isBefore, isOver, isRunning, isSent, reopened, withoutFailure } from './record'
import { createRotationRunner } from './runner'
import { createRotationShelf } from './shelf'

interface GoOn {
  readonly id: string
  /** Destinations that could not be reached are left to the user. */
  readonly leaveFailed?: boolean | undefined
}

/**
 * Replaces keys by new ones with the same limits. At every moment one of the two is switched on, and
 * nothing is deleted that the user did not ask for.
 */
export interface Rotations {
  /**
   * Begins, or gives the one of this key that is not over.
   *
   * @throws what `newRotation` throws; `refused`/`rotation-open` for a key that is itself the new
   *   one of a rotation
   */
  start(key: KeyRef, exportIds: readonly string[]): Promise<string>
  /** Never deletes. Nothing happens to one that runs, or waits for `finish`. */
  goOn(order: GoOn): Promise<void>
  /** @throws `refused`/`rotation-over` */
  rollBack(order: GoOn): Promise<void>
  /** Deletes the old key. @throws `refused`/`rotation-not-ready` before that is the next step */
  finish(id: string): Promise<void>
  /** Forgets one that does not run. */
  dismiss(id: string): Promise<void>
  /** The newest first. */
  list(): Promise<Rotation[]>
  /** Goes on with what a dead worker left. */
  wakeUp(): Promise<void>
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

export function createRotations(ports: RotationPorts): Rotations {
  const shelf = createRotationShelf(ports)
  const runner = createRotationRunner({ ports, shelf })
  const starting = createTurns()
  const turns = new Map<string, Turns>()

  /** One command at a time for each rotation. */
  function inTurn(id: string, work: (rotation: Rotation) => Promise<void>): Promise<void> {
    const own = turns.get(id) ?? createTurns()
    turns.set(id, own)
    return own.take(async () => {
      await shelf.load()
      await work(shelf.get(id))
    })
  }

  async function run(id: string, change: (rotation: Rotation) => Rotation): Promise<void> {
    shelf.edit(id, (current) => change(withoutFailure(current)))
    await shelf.save(id)
    runner.start(id)
  }

  return {
    start: (key, exportIds) =>
      starting.take(async () => {
        await shelf.load()
        const ofKey = shelf.all().filter(({ old }) => isSame(old, key))
        const open = ofKey.find((one) => !isOver(one))
        if (open) return open.id
        if (shelf.all().some((one) => !isOver(one) && isNewKey(one, key))) {
          raise({ class: 'refused', reason: 'rotation-open' })
        }
        const rotation = await newRotation(ports, key, exportIds)
        await shelf.add(
          rotation,
          ofKey.map(({ id }) => id),
        )
        runner.start(rotation.id)
        return rotation.id
      }),
    goOn: ({ id, leaveFailed = false }) =>
      inTurn(id, async (rotation) => {
        const { state, step, failure } = rotation
        if (isOver(rotation) || runner.isBusy(id)) return
        if (step === 'delete' && state !== 'running') return
        const isDecided = state === 'needs-you' && failure?.reason === UNCERTAIN.reason
        await run(id, (current) => ({
          ...reopened(current, leaveFailed),
          ...(isDecided ? { sendAgain: true } : {}),
          state: state === 'rolling-back' ? state : 'running',
        }))
      }),
    rollBack: ({ id, leaveFailed = false }) =>
      inTurn(id, async () => {
        await runner.halt(id)
        const rotation = shelf.get(id)
        if (isOver(rotation)) raise({ class: 'refused', reason: 'rotation-over' })
        if (!isSent(rotation)) {
          const over = { state: 'rolled-back', endedAtMs: ports.now() } as const
          shelf.edit(id, (current) => ({ ...withoutFailure(current), ...over }))
          return shelf.save(id)
        }
        // Whoever goes on after all sends and disables again, and never deletes.
        const step = isBefore(rotation.step, 'send') ? rotation.step : 'send'
        await run(id, (current) => {
          const open = leaveFailed ? reopened(current, true) : current
          return { ...open, step, state: 'rolling-back' }
        })
      }),
    finish: (id) =>
      inTurn(id, async ({ step, state }) => {
        if (step !== 'delete' || (state !== 'needs-you' && state !== 'failed')) {
          raise({ class: 'refused', reason: 'rotation-not-ready' })
        }
        await run(id, (current) => ({ ...current, state: 'running' }))
      }),
    dismiss: (id) =>
      inTurn(id, async (rotation) => {
        if (isRunning(rotation)) raise({ class: 'refused', reason: 'rotation-not-ready' })
        await shelf.remove(id)
      }),
    async list() {
      await shelf.load()
      return shelf.all()
    },
    async wakeUp() {
      await shelf.load()
      for (const rotation of shelf.all()) if (isRunning(rotation)) runner.start(rotation.id)
    },
    idle: () => runner.idle(),
  }
}

const isSame = (a: KeyRef, b: KeyRef) => a.accountId === b.accountId && a.keyId === b.keyId

const isNewKey = ({ old, newKeyId }: Rotation, key: KeyRef) =>
  newKeyId === key.keyId && old.accountId === key.accountId
