import type { KeyRef } from '@/src/domain/api-key'
import type { Rotation } from '@/src/domain/chore'
import type { LedgerEntry } from '@/src/domain/export-record'
import { type Failure, raise, settle } from '@/src/domain/failure'

import type { RotationPorts } from './ports'
import { type Destination, editDestination, newRef } from './record'
import type { RotationShelf } from './shelf'

/** The chosen lines of the ledger as places of a rotation. @throws `not-found`/`export` */
export async function chosenDestinations(
  { ledger, gateways }: RotationPorts,
  exportIds: readonly string[],
  isOfKey: (entry: LedgerEntry) => boolean,
): Promise<Destination[]> {
  if (exportIds.length === 0) return []
  const [entries, views] = await Promise.all([ledger.list(), gateways.list()])
  return [...new Set(exportIds)].map((exportId) => {
    const entry = entries.find(({ id }) => id === exportId)
    if (!entry || !isOfKey(entry)) return raise({ class: 'not-found', reason: 'export' })
    const { gatewayId, options, destination } = entry
    const gateway = views.find(({ id }) => id === gatewayId)
    return {
      exportId,
      label: gateway?.name ?? destination,
      ...(gateway ? { gatewayId: gateway.id, options } : {}),
      state: gateway ? 'waiting' : 'by-hand',
    }
  })
}

/**
 * Lets every gateway have the new key. What fails stays for another try; what fails because the text
 * of the old key cannot be had is left to the user.
 *
 * @throws the first failure, after all were tried
 */
export async function sendAll(
  ports: RotationPorts,
  shelf: RotationShelf,
  id: string,
): Promise<void> {
  const open = shelf.get(id).destinations.filter(isOpen)
  if (open.length === 0) return
  const rotation = shelf.get(id)
  const oldText = await textOf(ports, rotation.old)
  let first: Failure | undefined
  for (const place of open) {
    const edit = editor(shelf, id, place)
    if (oldText === null) {
      await edit('by-hand')
      continue
    }
    await edit('sending')
    const sent = await put(ports, place, oldText, newRef(rotation))
    // The gateway does not have the old key any more.
    if (sent.ok && sent.value === 'sent') await ports.ledger.forget([place.exportId])
    await (sent.ok ? edit(sent.value) : edit('failed', sent.failure))
    if (!sent.ok) first ??= sent.failure
  }
  if (first) raise(first)
}

/**
 * Gives the old key back to every gateway that has the new one or may have it.
 *
 * @throws the first failure, after all were tried
 */
export async function takeBackAll(
  ports: RotationPorts,
  shelf: RotationShelf,
  id: string,
): Promise<void> {
  const rotation = shelf.get(id)
  const open = rotation.destinations.filter(
    ({ state }) => state === 'sending' || state === 'sent' || state === 'failed',
  )
  if (open.length === 0) return
  // Where it is gone, the old one is put beside whatever is there.
  const newText = (await textOf(ports, newRef(rotation))) ?? ''
  let first: Failure | undefined
  for (const place of open) {
    const edit = editor(shelf, id, place)
    await edit('sending')
    const back = await put(ports, place, newText, rotation.old)
    if (back.ok) await forgetNew(ports, rotation, place)
    await (back.ok ? edit('waiting') : edit('failed', back.failure))
    if (!back.ok) first ??= back.failure
  }
  if (first) raise(first)
}

/** Writes down what one destination has come to. */
const editor =
  (shelf: RotationShelf, id: string, { exportId }: Destination) =>
  (state: Destination['state'], failure?: Failure): Promise<void> => {
    shelf.edit(id, (current) => editDestination(current, exportId, state, failure))
    return shelf.save(id)
  }

const isOpen = ({ state }: Destination) =>
  state === 'waiting' || state === 'sending' || state === 'failed'

function put(
  { sender }: RotationPorts,
  { gatewayId, options = {} }: Destination,
  outgoing: string,
  incoming: KeyRef,
) {
  const place = { options, ...(gatewayId === undefined ? {} : { gatewayId }) }
  return sender.replace(place, outgoing, { kind: 'key', ...incoming })
}

/** The lines of the new key at a gateway that has the old one again. */
async function forgetNew(
  { ledger }: RotationPorts,
  rotation: Rotation,
  { gatewayId }: Destination,
): Promise<void> {
  const { accountId, keyId } = newRef(rotation)
  const entries = (await ledger.list()).filter(
    ({ source, ...entry }) =>
      entry.gatewayId === gatewayId &&
      source.kind === 'key' &&
      source.accountId === accountId &&
      source.keyId === keyId,
  )
  if (entries.length > 0) await ledger.forget(entries.map(({ id }) => id))
}

/** The full text of a key; `null` = nobody can have it. @throws why it cannot be had now */
async function textOf({ keys }: RotationPorts, ref: KeyRef): Promise<string | null> {
  const text = await settle(() => keys.secretOf(ref))
  if (text.ok) return text.value
  const { failure } = text
  return failure.class === 'unsupported' || failure.class === 'not-found' ? null : raise(failure)
}
