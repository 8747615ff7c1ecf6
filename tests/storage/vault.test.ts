import fc from 'fast-check'
import { openDB } from 'idb'
import { beforeEach, describe, expect, test } from 'vitest'

import { newId } from '@/src/domain/ids'
import { complete } from '@/src/domain/metric'
import { emptySnapshot } from '@/src/domain/snapshot'
import { STORE_NAMES, STORES } from '@/src/storage/stores'
import { openVault } from '@/src/storage/vault'

import { makeAccount, makeFigures } from '../support/make'
import { freshDisk } from '../support/world'

beforeEach(freshDisk)

/** The rows as the disk has them. */
async function rawRows(store: string): Promise<{ id: string; sealed: Uint8Array }[]> {
  const db = await openDB('relaydeck')
  const rows = (await db.getAll(store)) as { id: string; sealed: Uint8Array }[]
  db.close()
  return rows
}

async function putRaw(store: string, row: unknown): Promise<void> {
  const db = await openDB('relaydeck')
  await db.put(store, row)
  db.close()
}

describe('records', () => {
  test('come back as they were written, after a restart too', async () => {
    const account = makeAccount({ notes: 'ünïcödé 注記 🗝' })
    const first = await openVault()
    await first.write([{ store: 'accounts', put: account }])
    expect(await first.load('accounts', account.id)).toEqual(account)
    first.close()
    const second = await openVault()
    expect(await second.load('accounts', account.id)).toEqual(account)
    expect(await second.load('accounts', newId('acc'))).toBeUndefined()
  })

  test('any name, note and token survives', async () => {
    const vault = await openVault()
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 64 }),
        async (name, notes, accessToken) => {
          const account = makeAccount({ name, notes, auth: { mode: 'token', accessToken } })
          await vault.write([{ store: 'accounts', put: account }])
          expect(await vault.load('accounts', account.id)).toEqual(account)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('nothing of them can be read on the disk', async () => {
    const account = makeAccount({
      origin: 'https://canary-host.example',
      name: 'canary-name',
      username: 'canary-user',
      notes: 'canary-notes',
      auth: { mode: 'token', accessToken: 'canary-access-token' },
    })
    const vault = await openVault()
    await vault.write([
      { store: 'accounts', put: account },
      {
        store: 'snapshots',
        put: {
          ...emptySnapshot(account.id),
          figures: makeFigures({ username: 'canary-told', balance: complete(918_273_645) }),
        },
      },
      {
        store: 'bonds',
        put: { id: account.id, session: { bearer: 'canary-bearer', expiresAtMs: 1 } },
      },
    ])
    for (const store of STORE_NAMES) {
      for (const row of await rawRows(store)) {
        expect(Object.keys(row).sort()).toEqual(['id', 'sealed'])
        const bytes = Buffer.from(row.sealed)
        for (const needle of ['canary', 'acc_', '918273645', 'example']) {
          expect(bytes.includes(needle)).toBe(false)
          expect(bytes.includes(Buffer.from(needle, 'utf16le'))).toBe(false)
        }
      }
    }
  })
})

describe('damage', () => {
  test('a record moved under another id is reported and hides no other', async () => {
    const vault = await openVault()
    const [moved, victim, whole] = [makeAccount(), makeAccount(), makeAccount()]
    await vault.write([moved, victim, whole].map((put) => ({ store: 'accounts', put }) as const))
    const row = (await rawRows('accounts')).find((one) => one.id === moved.id)
    await putRaw('accounts', { ...row, id: victim.id })
    const { records, damaged } = await vault.loadAll('accounts')
    expect(records.map(({ id }) => id).sort()).toEqual([moved.id, whole.id].sort())
    expect(damaged).toEqual([{ store: 'accounts', id: victim.id, reason: 'tampered' }])
    await expect(vault.load('accounts', victim.id)).rejects.toMatchObject({
      failure: { class: 'storage', reason: 'tampered' },
    })
  })

  test('a record moved to another store is reported', async () => {
    const vault = await openVault()
    const account = makeAccount()
    await vault.write([{ store: 'accounts', put: account }])
    await putRaw('snapshots', (await rawRows('accounts'))[0])
    expect((await vault.loadAll('snapshots')).damaged).toEqual([
      { store: 'snapshots', id: account.id, reason: 'tampered' },
    ])
  })

  test('a row that was never sealed is unreadable', async () => {
    const vault = await openVault()
    await putRaw('accounts', { id: 'acc_1', decided: { name: 'planted' } })
    expect((await vault.loadAll('accounts')).damaged).toEqual([
      { store: 'accounts', id: 'acc_1', reason: 'unreadable' },
    ])
  })
})

describe('writing', () => {
  test('is all or nothing: one record that is no record leaves none written', async () => {
    const vault = await openVault()
    const good = makeAccount()
    const bad = makeAccount({ exchangeRate: -1 })
    await expect(
      vault.write([
        { store: 'accounts', put: good },
        { store: 'accounts', put: bad },
      ]),
    ).rejects.toMatchObject({ failure: { class: 'storage', reason: 'invalid' } })
    expect((await vault.loadAll('accounts')).records).toEqual([])
  })

  test('sections that read and write run one after another, also after a failed one', async () => {
    const vault = await openVault()
    const order: string[] = []
    const slow = vault.exclusive(async () => {
      order.push('slow starts')
      await vault.load('accounts', 'acc_1')
      order.push('slow ends')
    })
    const failing = vault.exclusive(() => Promise.reject(new Error('on purpose')))
    const last = vault.exclusive(() => {
      order.push('last')
      return Promise.resolve()
    })
    await expect(failing).rejects.toThrow('on purpose')
    await Promise.all([slow, last])
    expect(order).toEqual(['slow starts', 'slow ends', 'last'])
  })
})

describe('the database', () => {
  test('two contexts that start at once share one data key', async () => {
    const [one, two] = await Promise.all([openVault(), openVault()])
    const account = makeAccount()
    await one.write([{ store: 'accounts', put: account }])
    expect(await two.load('accounts', account.id)).toEqual(account)
  })

  test('steps aside for a newer version and comes back', async () => {
    const vault = await openVault()
    const account = makeAccount()
    await vault.write([{ store: 'accounts', put: account }])
    const newer = await openDB('relaydeck', 2)
    newer.close()
    await expect(vault.load('accounts', account.id)).rejects.toMatchObject({
      failure: { class: 'storage', reason: 'unavailable' },
    })
  })

  test('every store says whose word it holds and which fields are secret', () => {
    for (const name of STORE_NAMES) {
      expect(['decided', 'told', 'bound', 'derived']).toContain(STORES[name].plane)
    }
    const secretsOutside = STORE_NAMES.filter(
      (name) => STORES[name].plane === 'told' || STORES[name].plane === 'derived',
    ).flatMap((name) => STORES[name].secretFields)
    expect(secretsOutside).toEqual([])
  })
})
