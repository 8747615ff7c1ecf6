import type { Rotation, RotationStep } from '@/src/domain/chore'
import { raise, settle } from '@/src/domain/failure'

import type { KeyOutcome } from '../keys/changes'
import { sendAll } from './destinations'
import { assureNew, findNew, noteOf } from './find-new'
import type { RotationPorts } from './ports'
import { newRef, requestIdOf, withFailure, withoutSending } from './record'
import type { RotationShelf } from './shelf'

/** What a rotation is worked on with. */
export interface Workbench {
  readonly ports: RotationPorts
  readonly shelf: RotationShelf
}

/** Does one step and says what the rotation is after it. Throws why it did not work. */
type Step = (bench: Workbench, rotation: Rotation) => Promise<(current: Rotation) => Rotation>

const goOnTo =
  (step: RotationStep, rest: Partial<Rotation> = {}) =>
  (current: Rotation): Rotation => ({ ...current, ...rest, step })

export const STEPS: Readonly<Record<Exclude<RotationStep, 'done'>, Step>> = {
  create,
  async reveal({ ports }, rotation) {
    await ports.keys.secretOf(newRef(rotation))
    return goOnTo('verify')
  },
  async verify({ ports }, rotation) {
    await assureNew(ports, rotation)
    return goOnTo('send')
  },
  async send({ ports, shelf }, { id }) {
    await sendAll(ports, shelf, id)
    // Disabling the old key would break what only the user can update: they say when it may be.
    const waits = shelf.get(id).destinations.some(({ state }) => state === 'by-hand')
    return goOnTo('disable', waits ? { state: 'needs-you' } : {})
  },
  disable,
  delete: remove,
}

/**
 * Makes the new key. A creation that has left is never sent again before the list was looked at, and
 * then only if the user wants it.
 */
async function create({ ports, shelf }: Workbench, rotation: Rotation): ReturnType<Step> {
  const { id, old, draft, sentAtMs, sendAgain } = rotation
  if (sentAtMs !== undefined) {
    const found = await findNew(ports, rotation)
    if (typeof found === 'string') return goOnTo('reveal', { newKeyId: found })
    if (!sendAgain) return (current) => withFailure({ ...current, state: 'needs-you' }, found)
  }
  const made = await settle(() =>
    ports.keys.create({
      accountId: old.accountId,
      draft,
      requestId: requestIdOf(rotation),
      also: (ids) => {
        shelf.edit(id, (current) => ({
          ...withoutSending(current),
          idsBefore: [...ids],
          sentAtMs: ports.now(),
        }))
        return [shelf.change(id)]
      },
    }),
  )
  if (made.ok && made.value.keyId !== null) {
    return goOnTo('reveal', { newKeyId: made.value.keyId })
  }
  // Without a note of it the site has not got it, or has refused it.
  if (!made.ok && !(await noteOf(ports, rotation))) {
    shelf.edit(id, withoutSending)
    return raise(made.failure)
  }
  const found = await findNew(ports, shelf.get(id))
  if (typeof found === 'string') return goOnTo('reveal', { newKeyId: found })
  return (current) => withFailure({ ...current, state: 'needs-you' }, found)
}

/** Switches the old key off once the new one is seen to work; where it can be switched off. */
async function disable({ ports }: Workbench, rotation: Rotation): ReturnType<Step> {
  const { old, oldFingerprint } = rotation
  const oldKey = await assureNew(ports, rotation)
  const { canDisable } = await ports.keys.inside.families.features(old.accountId)
  const isOn = oldKey !== undefined && oldKey.status !== 'disabled'
  if (isOn && canDisable) refuseFailed(await ports.keys.setEnabled([old], false))
  if (!isOn || canDisable) await markRotated(ports, old, oldFingerprint)
  return goOnTo('delete', { state: 'needs-you' })
}

/** Deletes the old key; only ever reached because the user asked for it. */
async function remove({ ports }: Workbench, rotation: Rotation): ReturnType<Step> {
  const { old, oldFingerprint } = rotation
  const oldKey = await assureNew(ports, rotation)
  if (oldKey) refuseFailed(await ports.keys.remove([old]))
  await markRotated(ports, old, oldFingerprint)
  return goOnTo('done', { state: 'done', endedAtMs: ports.now() })
}

async function markRotated(
  { ledger }: RotationPorts,
  old: Rotation['old'],
  fingerprint: string | undefined,
): Promise<void> {
  await ledger.markStale([old, ...(fingerprint === undefined ? [] : [{ fingerprint }])], 'rotated')
}

/** @throws what a change to one key failed with */
export function refuseFailed([outcome]: readonly KeyOutcome[]): void {
  if (outcome?.failure) raise(outcome.failure)
}
