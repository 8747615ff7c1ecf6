import { failed, settle } from '@/src/domain/failure'
import type { Desk } from '@/src/messaging/server'

/**
 * Messages by which a person asks sites for something now: whoever does has a reason to think that
 * it works again, so a site that rests after failures is asked all the same.
 */
const BY_HAND: ReadonlySet<string> = new Set([
  'keys.load',
  'keys.create',
  'keys.createMany',
  'keys.update',
  'keys.setEnabled',
  'keys.remove',
  'keys.reveal',
  'keys.prove',
  'keys.ensureDefault',
  'repair.start',
  'repair.resume',
  'rotation.start',
  'rotation.continue',
  'rotation.rollback',
  'rotation.finish',
  'exports.material',
  'gateways.send',
  'credentials.fromKey',
  'checks.start',
])

/** @param forgive ends the rests of these accounts' sites, or of all */
export function byHand(
  desk: Desk,
  forgive: (accountIds?: readonly string[]) => Promise<void>,
): Desk {
  return (name, input) => {
    if (!BY_HAND.has(name)) return desk(name, input)
    const named = accountsIn(input)
    // A rest that could not be ended is told by the request that meets it.
    return settle(() => forgive(named.length > 0 ? named : undefined)).then(
      () => desk(name, input) ?? NOBODY,
    )
  }
}

const NOBODY = failed({ class: 'internal', reason: 'no-such-message' })

/** Every account a message names, wherever it stands. The message is not parsed yet. */
function accountsIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'accountId') return typeof value === 'string' ? [value] : []
    if (name === 'accountIds' && Array.isArray(value)) {
      return value.filter((one) => typeof one === 'string')
    }
    return accountsIn(value)
  })
}
