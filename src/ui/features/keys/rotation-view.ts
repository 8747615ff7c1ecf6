import type { Rotation, RotationStep } from '@/src/domain/chore'
import type { Health } from '@/src/domain/health'

/** What a person is shown of a step. */
export interface StepView {
  readonly step: Exclude<RotationStep, 'done'>
  readonly state: 'done' | 'running' | 'needs-you' | 'failed' | 'waiting'
}

/** In their order; the same as the worker's, which pages do not load. */
export const SHOWN_STEPS = ['create', 'reveal', 'verify', 'send', 'disable', 'delete'] as const

export const STEP_HEALTH: Readonly<Record<StepView['state'], Health>> = {
  done: 'good',
  running: 'unknown',
  'needs-you': 'attention',
  failed: 'bad',
  waiting: 'unknown',
}

/** The steps of a rotation with what has become of each. */
export function stepsOf({ step, state }: Rotation): StepView[] {
  const at = step === 'done' ? SHOWN_STEPS.length : SHOWN_STEPS.indexOf(step)
  return SHOWN_STEPS.map((one, index) => {
    if (index !== at) return { step: one, state: index < at ? 'done' : 'waiting' }
    const isStopped = state === 'needs-you' || state === 'failed'
    return { step: one, state: isStopped ? state : state === 'running' ? state : 'waiting' }
  })
}

export function isOver({ state }: Rotation): boolean {
  return state === 'done' || state === 'rolled-back'
}

/** It goes on by itself. */
export function isUnderWay({ state }: Rotation): boolean {
  return state === 'running' || state === 'rolling-back'
}

/** The newest rotation a key takes part in, as the old one or the new one. */
export function rotationOf(
  rotations: readonly Rotation[],
  key: { readonly accountId: string; readonly keyId: string },
): Rotation | undefined {
  const isPart = ({ old, newKeyId }: Rotation) =>
    old.accountId === key.accountId && (old.keyId === key.keyId || newKeyId === key.keyId)
  const own = rotations.filter(isPart)
  // The new key of one that is over may be rotated itself.
  return own.find((one) => !isOver(one)) ?? own.find(({ old }) => old.keyId === key.keyId)
}
