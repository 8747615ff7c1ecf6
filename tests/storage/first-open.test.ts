import { beforeEach, expect, test } from 'vitest'

import { openVault } from '@/src/storage/vault'

import { makeAccount } from '../support/make'
import { freshDisk, rowsOf } from './raw-disk'

beforeEach(freshDisk)

test('contexts that start at once for the first time end with one data key', async () => {
  const vaults = await Promise.all([openVault(), openVault(), openVault()])
  const accounts = vaults.map((_, index) => makeAccount({ name: `of vault ${String(index)}` }))
  await Promise.all(
    vaults.map((vault, index) => {
      const put = accounts[index] ?? makeAccount()
      return vault.write([{ store: 'accounts', put }])
    }),
  )
  for (const vault of [...vaults, await openVault()]) {
    const { records, damaged } = await vault.loadAll('accounts')
    expect(damaged).toEqual([])
    expect(records).toHaveLength(3)
    expect(records).toEqual(expect.arrayContaining(accounts))
  }
})

test('a second start changes nothing about the keys', async () => {
  ;(await openVault()).close()
  const before = await rowsOf('keyring')
  ;(await openVault()).close()
  expect(await rowsOf('keyring')).toEqual(before)
})
