import { describe, expect, test } from 'vitest'

import { type KeyStore, openKeyRing, type StoredKeys } from '@/src/crypto/key-ring'

/** A key store in memory; `kept` is what lies in it. */
function makeKeyStore(kept?: StoredKeys): KeyStore & { kept: StoredKeys | undefined } {
  const store = {
    kept,
    read: () => Promise.resolve(store.kept),
    addIfAbsent: (candidate: StoredKeys) => Promise.resolve((store.kept ??= candidate)),
  }
  return store
}

const place = { store: 'jobs', id: 'job_1' }
const plaintext = new TextEncoder().encode('hello')

describe('a key ring', () => {
  test('opens later what it sealed before', async () => {
    const store = makeKeyStore()
    const sealed = await (await openKeyRing(store)).seal(place, plaintext)
    const later = await openKeyRing(makeKeyStore(store.kept))
    expect(await later.unseal(place, sealed)).toEqual(plaintext)
  })

  test("that lost the race for the first key uses the winner's", async () => {
    const winner = makeKeyStore()
    const sealed = await (await openKeyRing(winner)).seal(place, plaintext)
    const loser = await openKeyRing({ ...winner, read: () => Promise.resolve(undefined) })
    expect(await loser.unseal(place, sealed)).toEqual(plaintext)
  })

  test('keeps only a wrapped data key and a key no script can read', async () => {
    const store = makeKeyStore()
    await openKeyRing(store)
    expect(store.kept?.deviceKey.extractable).toBe(false)
    expect(store.kept?.wrapped.kind).toBe('device')
    // 256 bits of key and 64 bits of RFC 3394 integrity check.
    expect(store.kept?.wrapped.bytes).toHaveLength(40)
    expect(store.kept?.keyId).toHaveLength(8)
  })

  test('with keys that do not fit each other fails and replaces nothing', async () => {
    const [one, two] = [makeKeyStore(), makeKeyStore()]
    await Promise.all([openKeyRing(one), openKeyRing(two)])
    if (!one.kept || !two.kept) throw new Error('no keys were made')
    const mixed = makeKeyStore({ ...one.kept, deviceKey: two.kept.deviceKey })
    const before = mixed.kept
    await expect(openKeyRing(mixed)).rejects.toMatchObject({
      failure: { class: 'storage', reason: 'key-lost' },
    })
    expect(mixed.kept).toBe(before)
  })
})
