import fc from 'fast-check'
import { deleteDB } from 'idb'
import { beforeEach, describe, expect, test } from 'vitest'

import { newId } from '@/src/domain/ids'
import { emptySnapshot } from '@/src/domain/snapshot'
import { type Change, openVault } from '@/src/storage/vault'

import { makeAccount } from '../support/make'
import { freshDisk, rowsOf } from './raw-disk'
import { anyAccount, oneOfEach } from './records'

beforeEach(freshDisk)

describe('records', () => {
  test('come back as they were written, whatever text they hold', async () => {
    const vault = await openVault()
    await fc.assert(
      fc.asyncProperty(anyAccount, async (account) => {
        await vault.write([{ store: 'accounts', put: account }])
        expect(await vault.load('accounts', account.id)).toEqual(account)
      }),
      { numRuns: 100 },
    )
  })

  test('of every store come back, one by one and all together', async () => {
    const vault = await openVault()
    const records = oneOfEach('canary-of-this-test')
    await vault.write(
      Object.entries(records).map(
        ([store, put]: [string, unknown]) => ({ store, put }) as unknown as Change,
      ),
    )
    for (const store of Object.keys(records) as (keyof typeof records)[]) {
      expect(await vault.load(store, records[store].id)).toEqual(records[store])
      expect(await vault.loadAll(store)).toEqual({ records: [records[store]], damaged: [] })
    }
  })

  test('that do not exist are undefined, and removing them is no error', async () => {
    const vault = await openVault()
    await vault.write([{ store: 'accounts', remove: newId('acc') }])
    expect(await vault.load('accounts', newId('acc'))).toBeUndefined()
    expect(await vault.loadAll('accounts')).toEqual({ records: [], damaged: [] })
  })

  test('sealed twice never look alike', async () => {
    const vault = await openVault()
    const account = makeAccount()
    await vault.write([{ store: 'accounts', put: account }])
    const [before] = await rowsOf('accounts')
    await vault.write([{ store: 'accounts', put: account }])
    expect((await rowsOf('accounts'))[0]?.sealed).not.toEqual(before?.sealed)
  })

  test('keep nothing their schema does not name', async () => {
    const vault = await openVault()
    const account = makeAccount()
    await vault.write([{ store: 'accounts', put: Object.assign({ leftover: 'x' }, account) }])
    expect(await vault.load('accounts', account.id)).toEqual(account)
  })
})

describe('a write', () => {
  test('applies its changes in order', async () => {
    const vault = await openVault()
    const account = makeAccount()
    await vault.write([
      { store: 'accounts', put: account },
      { store: 'accounts', remove: account.id },
    ])
    expect(await vault.load('accounts', account.id)).toBeUndefined()
  })

  test('with one change that does not fit its store leaves nothing behind', async () => {
    const vault = await openVault()
    const account = makeAccount()
    const misfit = { ...makeAccount(), createdAtMs: 0.5 }
    await expect(
      vault.write([
        { store: 'snapshots', put: emptySnapshot(account.id) },
        { store: 'accounts', put: account },
        { store: 'accounts', put: misfit },
      ]),
    ).rejects.toMatchObject({ failure: { class: 'storage', reason: 'invalid' } })
    expect([...(await rowsOf('accounts')), ...(await rowsOf('snapshots'))]).toEqual([])
  })

  test('cannot name a store that holds no records', async () => {
    const vault = await openVault()
    const change = { store: 'keyring', remove: 'data' } as unknown as Change
    await expect(vault.write([change])).rejects.toMatchObject({ failure: { class: 'storage' } })
    expect((await rowsOf('keyring')).length).toBeGreaterThan(0)
  })

  test('of nothing is fine', async () => {
    await (await openVault()).write([])
  })
})

describe('exclusive sections', () => {
  test('run in order and one at a time', async () => {
    const vault = await openVault()
    const seen: string[] = []
    const section = (name: string, turns: number) =>
      vault.exclusive(async () => {
        seen.push(`${name} in`)
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
        seen.push(`${name} out`)
        return name
      })
    expect(await Promise.all([section('a', 5), section('b', 1), section('c', 3)])).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
  })

  test('that fail let the next one run', async () => {
    const vault = await openVault()
    const failing = vault.exclusive(() => Promise.reject(new Error('on purpose')))
    const next = vault.exclusive(() => Promise.resolve('ran'))
    await expect(failing).rejects.toThrow('on purpose')
    expect(await next).toBe('ran')
  })
})

describe('the database', () => {
  test('opens again after it was closed', async () => {
    const vault = await openVault()
    const account = makeAccount()
    await vault.write([{ store: 'accounts', put: account }])
    vault.close()
    expect(await vault.load('accounts', account.id)).toEqual(account)
    vault.close()
    expect(await (await openVault()).load('accounts', account.id)).toEqual(account)
  })

  test('lets a newer version in and says why it cannot follow', async () => {
    const vault = await openVault()
    const newer = await openNewerVersion()
    await expect(vault.loadAll('accounts')).rejects.toMatchObject({
      failure: { class: 'storage', reason: 'newer-version' },
    })
    newer.close()
  })

  test('deleted under a running worker is made anew with keys that outlive the worker', async () => {
    const vault = await openVault()
    await vault.write([{ store: 'accounts', put: makeAccount() }])
    await deleteDB('relaydeck')
    expect(await vault.loadAll('accounts')).toEqual({ records: [], damaged: [] })
    const account = makeAccount()
    await vault.write([{ store: 'accounts', put: account }])
    const nextRun = await openVault()
    expect(await nextRun.loadAll('accounts')).toEqual({ records: [account], damaged: [] })
  })

  test('that cannot be opened is a storage failure, and the next attempt may succeed', async () => {
    const working = globalThis.indexedDB
    globalThis.indexedDB = {
      open: () => {
        throw new DOMException('no profile', 'UnknownError')
      },
    } as unknown as IDBFactory
    await expect(openVault()).rejects.toMatchObject({
      failure: { class: 'storage', reason: 'unavailable' },
    })
    globalThis.indexedDB = working
    expect(await (await openVault()).loadAll('jobs')).toEqual({ records: [], damaged: [] })
  })
})

function openNewerVersion(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('relaydeck', 999)
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(new Error('the newer version was kept out'))
    }
  })
}
