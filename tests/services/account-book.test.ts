import { beforeEach, expect, test } from 'vitest'

import { emptySnapshot } from '@/src/domain/snapshot'

import { makeAccount } from '../support/make'
import { freshDisk, startWorld } from '../support/world'

beforeEach(freshDisk)

test('the same user of the same site is stored once; another user of it is welcome', async () => {
  const world = await startWorld()
  await world.add(makeAccount({ userId: '1' }))
  await expect(world.add(makeAccount({ userId: '1' }))).rejects.toMatchObject({
    failure: { class: 'input', reason: 'duplicate', field: 'userId' },
  })
  await world.add(makeAccount({ userId: '2' }))
  expect((await world.book.glance()).rows).toHaveLength(2)
})

test('the stored list form is used by the next start and is never stale', async () => {
  const world = await startWorld()
  const account = await world.add(makeAccount({ name: 'Before' }))
  await world.book.flush()
  expect(await world.vault.load('derived', 'glance')).toMatchObject({
    rows: [{ id: account.id, name: 'Before' }],
  })
  await world.book.update(account.id, (page) => ({
    account: { ...page.account, decided: { ...page.account.decided, name: 'After' } },
  }))
  // The worker dies here, before the list form was written again.
  expect(await world.vault.load('derived', 'glance')).toBeUndefined()
  world.vault.close()
  const next = await startWorld()
  expect((await next.book.glance()).rows).toMatchObject([{ name: 'After' }])
})

test('concurrent changes of different fields are all kept', async () => {
  const world = await startWorld()
  const { id } = await world.add(makeAccount())
  await Promise.all([
    world.book.update(id, ({ account }) => ({
      account: { ...account, decided: { ...account.decided, name: 'Renamed' } },
    })),
    world.book.update(id, ({ account }) => ({
      account: { ...account, decided: { ...account.decided, notes: 'noted' } },
    })),
    world.book.update(id, ({ snapshot }) => ({ snapshot: { ...snapshot, failuresInRow: 3 } })),
  ])
  const { account, snapshot } = await world.book.page(id)
  expect(account.decided).toMatchObject({ name: 'Renamed', notes: 'noted' })
  expect(snapshot.failuresInRow).toBe(3)
})

test('removing forgets everything of an account', async () => {
  const world = await startWorld()
  const { id } = await world.add(makeAccount())
  await world.vault.write([
    { store: 'bonds', put: { id, session: { bearer: 'bearer', expiresAtMs: 1 } } },
  ])
  await world.book.remove([id])
  for (const store of ['accounts', 'snapshots', 'bonds'] as const) {
    expect((await world.vault.loadAll(store)).records).toEqual([])
  }
  expect(await world.book.update(id, () => ({ snapshot: emptySnapshot(id) }))).toBe('missing')
})
