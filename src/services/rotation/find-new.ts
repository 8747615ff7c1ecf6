import type { ApiKey } from '@/src/domain/api-key'
import type { Rotation } from '@/src/domain/chore'
import type { KeyListRecord } from '@/src/domain/key-list'
import { type Failure, raise, unwrap } from '@/src/domain/failure'

import type { RotationPorts } from './ports'
import { newRef, requestIdOf } from './record'

/** It may have been made or not: the site did not answer, and its list shows no new key. */
export const UNCERTAIN: Failure = { class: 'interrupted', reason: 'rotation-uncertain' }
/** It was made, or seems so, but cannot be told from others. */
export const UNCLEAR: Failure = { class: 'interrupted', reason: 'rotation-unclear' }

/** The account's list, read now. @throws why there is none */
export async function listed(
  { keys }: Pick<RotationPorts, 'keys'>,
  accountId: string,
): Promise<KeyListRecord> {
  const { list } = unwrap(await keys.inside.listing.listNow(accountId))
  return list ?? raise({ class: 'internal', reason: 'no-list' })
}

/**
 * Looks into the list for the key whose creation got no answer: it has the name that was asked for
 * and was not there before. Gives its id, or why there is none.
 */
export async function findNew(ports: RotationPorts, rotation: Rotation): Promise<string | Failure> {
  const { old, draft, idsBefore = [] } = rotation
  const { keys } = await listed(ports, old.accountId)
  const fresh = keys.filter(({ id, name }) => name === draft.name && !idsBefore.includes(id))
  const [first] = fresh
  if (first && fresh.length === 1) return first.id
  const creation = await noteOf(ports, rotation)
  return fresh.length > 1 || creation?.keyId === null ? UNCLEAR : UNCERTAIN
}

/** What is noted of the creation; nothing = it was not sent, or refused. */
export async function noteOf({ keys }: RotationPorts, rotation: Rotation) {
  const { list } = await keys.inside.shelf.of(rotation.old.accountId)
  return list?.creations?.find(({ requestId }) => requestId === requestIdOf(rotation))
}

/**
 * Makes sure that the new key is switched on and lists models at this moment: nothing is taken from
 * the old one otherwise.
 *
 * @returns the old key as the list shows it; `undefined` = it is not there any more.
 * @throws `refused`/`rotation-new-off`, `refused`/`no-models`, or why it cannot be told
 */
export async function assureNew(
  ports: RotationPorts,
  rotation: Rotation,
): Promise<ApiKey | undefined> {
  const { old } = rotation
  const fresh = newRef(rotation)
  const { keys, complete } = await listed(ports, old.accountId)
  const found = keys.find(({ id }) => id === fresh.keyId)
  if (found?.status !== 'enabled' && found?.status !== 'unknown') {
    raise({ class: 'refused', reason: 'rotation-new-off' })
  }
  const models = await ports.modelsOf({ kind: 'key', ...fresh })
  if (models.length === 0) raise({ class: 'refused', reason: 'no-models' })
  const oldKey = keys.find(({ id }) => id === old.keyId)
  return (
    oldKey ?? (complete ? undefined : raise({ class: 'changed-api', reason: 'list-incomplete' }))
  )
}
