import { beforeEach, describe, expect, test } from 'vitest'

import { emptySnapshot } from '@/src/domain/snapshot'
import { openVault, type Vault } from '@/src/storage/vault'

import { makeAccount } from '../support/make'
import { empty, freshDisk, plant, type RawRow, rowOf } from './raw-disk'

beforeEach(freshDisk)

const victim = makeAccount({ name: 'victim' })
const other = makeAccount({ name: 'other' })

async function startVault(): Promise<Vault> {
  const vault = await openVault()
  await vault.write([
    { store: 'accounts', put: victim },
    { store: 'accounts', put: other },
    { store: 'snapshots', put: emptySnapshot(victim.id) },
  ])
  return vault
}

async function expectDamage(vault: Vault, reason: string): Promise<void> {
  expect(await vault.loadAll('accounts')).toEqual({
    records: [other],
    damaged: [{ store: 'accounts', id: victim.id, reason }],
  })
  await expect(vault.load('accounts', victim.id)).rejects.toMatchObject({
    failure: { class: 'storage', reason },
  })
}

const flip = (bytes: RawRow['sealed'], at: number): RawRow['sealed'] =>
  bytes.with(at, (bytes.at(at) ?? 0) ^ 1)

/** Layout of a sealed record: version 0, key id 1–8, nonce 9–20, ciphertext and tag from 21. */
const changes: [string, string, (sealed: RawRow['sealed']) => unknown][] = [
  ['a flipped byte of the nonce', 'tampered', (sealed) => flip(sealed, 9)],
  ['a flipped byte of the ciphertext', 'tampered', (sealed) => flip(sealed, 21)],
  ['a flipped byte of the tag', 'tampered', (sealed) => flip(sealed, -1)],
  ['a missing last byte', 'tampered', (sealed) => sealed.slice(0, -1)],
  ['an unknown key id', 'unreadable', (sealed) => flip(sealed, 1)],
  ['an unknown format version', 'unreadable', (sealed) => sealed.with(0, 9)],
  ['too few bytes for a record', 'unreadable', (sealed) => sealed.slice(0, 36)],
  ['no bytes at all', 'unreadable', () => new Uint8Array()],
  ['something that is no bytes', 'unreadable', () => 'text'],
  ['nothing', 'unreadable', () => undefined],
]

describe('a damaged record is reported and hides no other', () => {
  test.each(changes)('%s: %s', async (_what, reason, change) => {
    const vault = await startVault()
    const { sealed } = await rowOf('accounts', victim.id)
    await plant('accounts', { id: victim.id, sealed: change(sealed) })
    await expectDamage(vault, reason)
  })

  test('moved to another id', async () => {
    const vault = await startVault()
    const { sealed } = await rowOf('accounts', other.id)
    await plant('accounts', { id: victim.id, sealed })
    await expectDamage(vault, 'tampered')
  })

  test('moved to the same id of another store', async () => {
    const vault = await startVault()
    const { sealed } = await rowOf('snapshots', victim.id)
    await plant('accounts', { id: victim.id, sealed })
    await expectDamage(vault, 'tampered')
  })

  test('sealed with keys that are gone', async () => {
    const before = await startVault()
    before.close()
    await empty('keyring')
    const vault = await openVault()
    await vault.write([{ store: 'accounts', put: other }])
    await expectDamage(vault, 'unreadable')
  })

  test('and goes away by being overwritten or removed', async () => {
    const vault = await startVault()
    await plant('accounts', { id: victim.id, sealed: 'text' })
    await vault.write([{ store: 'accounts', put: victim }])
    expect(await vault.load('accounts', victim.id)).toEqual(victim)
    await plant('accounts', { id: victim.id, sealed: 'text' })
    await vault.write([{ store: 'accounts', remove: victim.id }])
    expect(await vault.loadAll('accounts')).toEqual({ records: [other], damaged: [] })
  })
})
