import type { ApiKey } from '@/src/domain/api-key'
import { unwrap } from '@/src/domain/failure'

import { expect } from '../ledger'
import type { KeySubject } from './keys'
import { ownKeys } from './key-list'

/** Deletes the key, looks for it, and deletes it once more: what is gone counts as removed. */
export async function checkRemoval(subject: KeySubject, { id }: ApiKey): Promise<void> {
  const { ctx, keys, access, generation, ledger } = subject
  await ledger.check('delete key', async () => {
    unwrap(await keys.remove(ctx, access, id, generation))
    const left = await ownKeys(subject)
    expect(!left.some((key) => key.id === id), 'accepted, but it is still in the list')
    return { value: null, note: '' }
  })
  await ledger.check('delete key again', async () => {
    unwrap(await keys.remove(ctx, access, id, generation))
    return { value: null, note: 'gone already' }
  })
}

/** Removes whatever keys of this run are there still; a row only where there are any. */
export async function cleanUp(subject: KeySubject): Promise<void> {
  const { ctx, keys, access, generation, ledger } = subject
  const left = await ownKeys(subject).catch(() => null)
  if (left?.length === 0) return
  await ledger.check('clean up keys', async () => {
    const found = left ?? (await ownKeys(subject))
    // Whether that worked is for the list to say.
    for (const { id } of found) await keys.remove(ctx, access, id, generation)
    const rest = await ownKeys(subject)
    const names = rest.map(({ name }) => name).join(', ')
    expect(rest.length === 0, `left at the site, delete by hand: ${names}`)
    return { value: null, note: `${String(found.length)} removed` }
  })
}
