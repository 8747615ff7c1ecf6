import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createDataKey, openDataKey } from '@/src/crypto/key-ring'
import { seal, unseal } from '@/src/crypto/sealed'

const makeKey = async () => openDataKey(await createDataKey())
const PLACE = { store: 'accounts', id: 'acc_1' }

const failing = (reason: string) => ({ failure: { class: 'storage', reason } })

describe('sealing', () => {
  test('gives back any JSON value', async () => {
    const key = await makeKey()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown
        expect(await unseal(await seal(plain, PLACE, key), PLACE, key)).toEqual(plain)
      }),
    )
  })

  test('never gives the same bytes twice, and none that can be read', async () => {
    const key = await makeKey()
    const secret = 'a secret that must not be seen'
    const [one, two] = await Promise.all([seal(secret, PLACE, key), seal(secret, PLACE, key)])
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
    expect(Buffer.from(one).includes('secret')).toBe(false)
  })

  test.each([
    ['another id', { store: 'accounts', id: 'acc_2' }],
    ['another store', { store: 'bonds', id: 'acc_1' }],
    ['a store and id that run together the same', { store: 'accounts\nacc_1', id: '' }],
  ])('does not open under %s', async (_, place) => {
    const key = await makeKey()
    const sealed = await seal({ a: 1 }, PLACE, key)
    await expect(unseal(sealed, place, key)).rejects.toMatchObject(failing('tampered'))
  })

  test('does not open after any single bit was changed', async () => {
    const key = await makeKey()
    const sealed = await seal({ a: 1 }, PLACE, key)
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
        const changed = sealed.slice()
        changed[bit >> 3]! ^= 1 << (bit & 7)
        await expect(unseal(changed, PLACE, key)).rejects.toMatchObject({
          failure: { class: 'storage' },
        })
      }),
    )
  })

  test('says that what is cut off, foreign or of a newer format cannot be read', async () => {
    const key = await makeKey()
    const sealed = await seal({ a: 1 }, PLACE, key)
    const newer = sealed.slice()
    newer[0] = 2
    for (const broken of [undefined, 'text', new Uint8Array(), sealed.slice(0, 21), newer]) {
      await expect(unseal(broken, PLACE, key)).rejects.toMatchObject(failing('unreadable'))
    }
    await expect(unseal(sealed.slice(0, 30), PLACE, key)).rejects.toMatchObject(failing('tampered'))
    await expect(unseal(sealed, PLACE, await makeKey())).rejects.toMatchObject(
      failing('unreadable'),
    )
  })
})

describe('the data key', () => {
  test('no script can read it or its wrapper out', async () => {
    const stored = await createDataKey()
    const { key } = await openDataKey(stored)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('raw', stored.deviceKey)).rejects.toThrow()
  })

  test('is lost with its device key, and that is said', async () => {
    const [mine, other] = await Promise.all([createDataKey(), createDataKey()])
    await expect(openDataKey({ ...mine, deviceKey: other.deviceKey })).rejects.toMatchObject(
      failing('key-lost'),
    )
  })
})
