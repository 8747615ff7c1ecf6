import fc from 'fast-check'
import { expect, test } from 'vitest'

import { FORMAT_VERSION, packEnvelope, unpackEnvelope } from '@/src/crypto/envelope'
import { type DataKey, seal, unseal } from '@/src/crypto/sealed'

async function makeKey(): Promise<DataKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  return { id: crypto.getRandomValues(new Uint8Array(8)), key }
}

const bytes = (options: fc.IntArrayConstraints = {}) =>
  fc.uint8Array(options).map((array) => new Uint8Array(array))

const place = { store: 'accounts', id: 'acc_1' }

test('an envelope holds its parts: version, key id, nonce, ciphertext', () => {
  fc.assert(
    fc.property(
      bytes({ minLength: 8, maxLength: 8 }),
      bytes({ minLength: 12, maxLength: 12 }),
      bytes({ minLength: 16, maxLength: 300 }),
      (keyId, nonce, ciphertext) => {
        const packed = packEnvelope({ keyId, nonce, ciphertext })
        expect(packed[0]).toBe(FORMAT_VERSION)
        expect(packed).toHaveLength(1 + 8 + 12 + ciphertext.length)
        expect(unpackEnvelope(packed)).toEqual({ keyId, nonce, ciphertext })
      },
    ),
  )
})

test('what was sealed opens again, and every nonce is new', async () => {
  const key = await makeKey()
  const nonces = new Set<string>()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(bytes({ maxLength: 2000 }), async (plaintext) => {
      const sealed = await seal(key, place, plaintext)
      expect(await unseal(key, place, sealed)).toEqual(plaintext)
      nonces.add(unpackEnvelope(sealed).nonce.join())
      runs += 1
    }),
  )
  expect(nonces.size).toBe(runs)
})

test('any single changed byte keeps a record shut', async () => {
  const key = await makeKey()
  const sealed = await seal(key, place, new TextEncoder().encode('{"balance":1}'))
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = sealed.with(at, (sealed[at] ?? 0) ^ 0x80)
    await expect(unseal(key, place, changed)).rejects.toMatchObject({
      failure: { class: 'storage', reason: at < 9 ? 'unreadable' : 'tampered' },
    })
  }
})

test.each([
  { store: 'snapshots', id: 'acc_1' },
  { store: 'accounts', id: 'acc_2' },
  { store: 'accountsa', id: 'cc_1' },
  { store: 'accounts","acc_1', id: '' },
])('a record does not open as %o', async (elsewhere) => {
  const key = await makeKey()
  const sealed = await seal(key, place, new Uint8Array([1]))
  await expect(unseal(key, elsewhere, sealed)).rejects.toMatchObject({
    failure: { class: 'storage', reason: 'tampered' },
  })
})

test('another key with the same id does not open it', async () => {
  const key = await makeKey()
  const sealed = await seal(key, place, new Uint8Array([1]))
  const impostor = { ...(await makeKey()), id: key.id }
  await expect(unseal(impostor, place, sealed)).rejects.toMatchObject({
    failure: { reason: 'tampered' },
  })
})
