import type { Rotation } from '@/src/domain/chore'
import { settle } from '@/src/domain/failure'

import { isRunning, withFailure, withoutFailure } from './record'
import { rollBack } from './roll-back'
import { STEPS, type Workbench } from './steps'

/** Works on rotations, each by itself. */
export interface RotationRunner {
  /** Goes on with it, unless that is being done. */
  start(id: string): void
  isBusy(id: string): boolean
  /** Resolves when the step under way has ended; no other is begun. */
  halt(id: string): Promise<void>
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

export function createRotationRunner(bench: Workbench): RotationRunner {
  const { ports, shelf } = bench
  const running = new Map<string, Promise<void>>()
  const halting = new Set<string>()

  async function advance(id: string): Promise<void> {
    while (isRunning(shelf.get(id)) && !halting.has(id)) {
      const edit = await takeOne(bench, shelf.get(id))
      shelf.edit(id, edit)
      // What comes next is on disk before it begins.
      await shelf.save(id)
    }
  }

  async function run(id: string): Promise<void> {
    await ports.wake.hold()
    // A disk that fails leaves the record as it is: the next start goes on with it.
    await settle(() => advance(id))
    running.delete(id)
    await ports.wake.release()
  }

  return {
    start(id) {
      if (!running.has(id)) running.set(id, run(id))
    },
    isBusy: (id) => running.has(id),
    async halt(id) {
      halting.add(id)
      await running.get(id)
      halting.delete(id)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values())
    },
  }
}

/** One step, forward or back; a failure ends the run and is kept with the rotation. */
async function takeOne(
  bench: Workbench,
  rotation: Rotation,
): Promise<(current: Rotation) => Rotation> {
  const { step, state } = rotation
  const taken = await settle(() => {
    if (state === 'rolling-back') return rollBack(bench, rotation)
    if (step === 'done') return Promise.resolve((current: Rotation) => current)
    return STEPS[step](bench, rotation)
  })
  if (taken.ok) return (current) => taken.value(withoutFailure(current))
  return (current) => withFailure({ ...current, state: 'failed' }, taken.failure)
}
