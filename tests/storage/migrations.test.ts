import { beforeEach, describe, expect, test } from 'vitest'

import { currentVersion, migrate, type Migration, MIGRATIONS } from '@/src/storage/migrations'
import { STORE_NAMES } from '@/src/storage/stores'
import { openVault } from '@/src/storage/vault'

import { makeAccount } from '../support/make'
import { freshDisk } from '../support/world'

beforeEach(freshDisk)

const STEPS: readonly Migration[] = [
  {
    store: 'accounts',
    to: 2,
    lift: (record) => ({ ...(record as object), second: true }),
  },
  {
    store: 'accounts',
    to: 3,
    lift: (record) => ({ ...(record as object), third: 'second' in (record as object) }),
  },
]

describe('the chain', () => {
  test('lifts through every step between, in order', () => {
    expect(migrate('accounts', { version: 1, record: { a: 1 } }, STEPS)).toEqual({
      a: 1,
      second: true,
      third: true,
    })
    expect(migrate('accounts', { version: 3, record: { a: 1 } }, STEPS)).toEqual({ a: 1 })
    expect(migrate('jobs', { version: 1, record: { a: 1 } }, STEPS)).toEqual({ a: 1 })
  })

  test('refuses a record of a later release instead of guessing', () => {
    expect(migrate('accounts', { version: 4, record: { a: 1 } }, STEPS)).toBeNull()
  })

  test('of the product has no gap and no step twice', () => {
    for (const store of STORE_NAMES) {
      const steps = MIGRATIONS.filter((step) => step.store === store).map((step) => step.to)
      expect(steps).toEqual(steps.map((_, index) => index + 2))
      expect(currentVersion(store, MIGRATIONS)).toBe(steps.length + 1)
    }
  })
})

test('an old record is read by a newer release and written in its version', async () => {
  const account = makeAccount({ name: 'Old' })
  const old = await openVault()
  await old.write([{ store: 'accounts', put: account }])
  old.close()
  const rename: Migration = {
    store: 'accounts',
    to: 2,
    lift: (record) => {
      const { decided, ...rest } = record as typeof account
      return { ...rest, decided: { ...decided, name: `${decided.name}, lifted` } }
    },
  }
  const release = await openVault({ migrations: [rename] })
  const lifted = await release.load('accounts', account.id)
  expect(lifted?.decided.name).toBe('Old, lifted')
  await release.write([{ store: 'accounts', put: lifted! }])
  expect((await release.load('accounts', account.id))?.decided.name).toBe('Old, lifted')

  // The release before cannot know the new version: it says so and leaves the record whole.
  release.close()
  const before = await openVault()
  await expect(before.load('accounts', account.id)).rejects.toMatchObject({
    failure: { class: 'storage', reason: 'invalid' },
  })
})
