import type { KeyRef } from '@/src/domain/api-key'
import { type Rotation, ROTATION_STEPS, type RotationStep } from '@/src/domain/chore'
import type { Failure } from '@/src/domain/failure'

export type Destination = Rotation['destinations'][number]

/** Nothing more can be done about it. */
export function isOver({ state }: Rotation): boolean {
  return state === 'done' || state === 'rolled-back'
}

/** It goes on by itself. */
export function isRunning({ state }: Rotation): boolean {
  return state === 'running' || state === 'rolling-back'
}

/** Whether the creation of the new key has left. */
export function isSent({ sentAtMs, newKeyId }: Rotation): boolean {
  return sentAtMs !== undefined || newKeyId !== undefined
}

export function isBefore(step: RotationStep, other: RotationStep): boolean {
  return ROTATION_STEPS.indexOf(step) < ROTATION_STEPS.indexOf(other)
}

export function newRef({ old, newKeyId = '' }: Rotation): KeyRef {
  return { accountId: old.accountId, keyId: newKeyId }
}

/** The same for every try of the creation, in whatever life of the worker. */
export function requestIdOf({ id }: Rotation): string {
  return id.replace(/^job_/, '')
}

export function withFailure(rotation: Rotation, failure: Failure): Rotation {
  const { trace: _, ...told } = failure
  return { ...rotation, failure: told }
}

export function withoutFailure({ failure: _, ...rotation }: Rotation): Rotation {
  return rotation
}

/** As it was before the creation was sent: it certainly was not executed. */
export function withoutSending(rotation: Rotation): Rotation {
  const { idsBefore: _, sentAtMs: __, sendAgain: ___, ...rest } = rotation
  return rest
}

export function editDestination(
  rotation: Rotation,
  exportId: string,
  state: Destination['state'],
  failure?: Failure,
): Rotation {
  const edited = (one: Destination): Destination => {
    const { failure: _, ...rest } = one
    if (!failure) return { ...rest, state }
    const { trace: __, ...told } = failure
    return { ...rest, state, failure: told }
  }
  return {
    ...rotation,
    destinations: rotation.destinations.map((one) =>
      one.exportId === exportId ? edited(one) : one,
    ),
  }
}

/** Destinations that failed get another try, or are left to the user. */
export function reopened(rotation: Rotation, leaveFailed: boolean): Rotation {
  const failed = rotation.destinations.filter(({ state }) => state === 'failed')
  return failed.reduce(
    (all, { exportId }) => editDestination(all, exportId, leaveFailed ? 'by-hand' : 'waiting'),
    rotation,
  )
}
