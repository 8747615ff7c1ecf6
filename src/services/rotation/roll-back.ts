import type { Rotation } from '@/src/domain/chore'
import { raise } from '@/src/domain/failure'

import { takeBackAll } from './destinations'
import { findNew, listed, UNCLEAR } from './find-new'
import type { RotationPorts } from './ports'
import { newRef } from './record'
import { refuseFailed, type Workbench } from './steps'

/**
 * Takes a rotation back: the old key works before anything is taken from the new one, which is
 * removed last. Every part may be done twice.
 *
 * @throws `refused`/`rotation-old-gone` where there is nothing to go back to, or what a part failed
 *   with
 */
export async function rollBack(
  bench: Workbench,
  { id }: Pick<Rotation, 'id'>,
): Promise<(current: Rotation) => Rotation> {
  const { ports, shelf } = bench
  await identifyNew(bench, id)
  await assureOld(ports, shelf.get(id))
  await takeBackAll(ports, shelf, id)
  const rotation = shelf.get(id)
  const { old, oldFingerprint, newKeyId, wasDisabled } = rotation
  const ofOld = [old, ...(oldFingerprint === undefined ? [] : [{ fingerprint: oldFingerprint }])]
  await ports.ledger.markStale(ofOld, wasDisabled ? 'disabled' : null)
  if (newKeyId !== undefined) {
    refuseFailed(await ports.keys.remove([newRef(rotation)]))
    await ports.ledger.markStale([newRef(rotation)], 'deleted')
  }
  return (current) => ({ ...current, state: 'rolled-back', endedAtMs: ports.now() })
}

/** A creation without an answer may have made a key: it would stay behind. */
async function identifyNew({ ports, shelf }: Workbench, id: string): Promise<void> {
  const rotation = shelf.get(id)
  if (rotation.newKeyId !== undefined) return
  const found = await findNew(ports, rotation)
  if (found === UNCLEAR) raise(UNCLEAR)
  if (typeof found !== 'string') return
  shelf.edit(id, (current) => ({ ...current, newKeyId: found }))
  await shelf.save(id)
}

/** Switches the old key on again, unless it was off before, and looks whether it is. */
async function assureOld(ports: RotationPorts, rotation: Rotation): Promise<void> {
  const { old, wasDisabled } = rotation
  const { keys } = await listed(ports, old.accountId)
  const oldKey = keys.find(({ id }) => id === old.keyId)
  if (!oldKey) return raise({ class: 'refused', reason: 'rotation-old-gone' })
  if (wasDisabled || oldKey.status !== 'disabled') return
  refuseFailed(await ports.keys.setEnabled([old], true))
  const row = await ports.keys.row(old)
  if (row?.status === 'disabled') raise({ class: 'refused', reason: 'rotation-old-off' })
}
