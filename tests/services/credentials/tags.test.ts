import { beforeEach, describe, expect, test } from 'vitest'

import { editAccount } from '@/src/domain/account'
import { newId } from '@/src/domain/ids'

import { makeAccount } from '../../support/make'
import { freshDisk } from '../../support/world'
import { makeForm, startCredentials, viewOf } from './credential-world'

beforeEach(freshDisk)

describe('tags', () => {
  test('have folded names, once each whatever the letter case', async () => {
    const { tags } = await startCredentials()
    const work = await tags.make('  My \t work ')
    expect(work.name).toBe('My work')
    expect(await tags.make('MY WORK')).toEqual(work)
    await tags.make('another')
    expect((await tags.list()).map(({ name }) => name)).toEqual(['another', 'My work'])
    await expect(tags.make(' \n ')).rejects.toMatchObject({
      failure: { class: 'input', reason: 'required', field: 'name' },
    })
  })

  test('are renamed everywhere at once, but never to a name that is taken', async () => {
    const { tags, events } = await startCredentials()
    const a = await tags.make('a')
    await tags.make('b')
    await tags.edit(a.id, { name: ' A ', lowBalanceUsd: null })
    expect((await tags.list()).map(({ name }) => name)).toEqual(['A', 'b'])
    await expect(tags.edit(a.id, { name: 'B', lowBalanceUsd: null })).rejects.toMatchObject({
      failure: { class: 'input', reason: 'duplicate-tag', field: 'name' },
    })
    await expect(tags.edit(newId('tag'), { name: 'c', lowBalanceUsd: null })).rejects.toMatchObject(
      {
        failure: { class: 'not-found', reason: 'tag' },
      },
    )
    expect(events).toHaveLength(3)
  })

  test('have a threshold of their own until it is taken away', async () => {
    const { tags } = await startCredentials()
    const a = await tags.make('a')
    await tags.edit(a.id, { name: 'a', lowBalanceUsd: 2.5 })
    expect(await tags.list()).toEqual([{ ...a, lowBalanceUsd: 2.5 }])
    await tags.edit(a.id, { name: 'a', lowBalanceUsd: null })
    expect(await tags.list()).toEqual([a])
  })

  test('are taken from accounts and credentials when they go, which is counted', async () => {
    const { tags, credentials, world } = await startCredentials()
    const a = await tags.make('a')
    const b = await tags.make('b')
    const account = await world.add(makeAccount({ tagIds: [a.id, b.id] }))
    await world.add(makeAccount({ userId: '8', tagIds: [b.id] }))
    const first = await credentials.save(makeForm({ tagIds: [a.id] }))
    const second = await credentials.save(makeForm({ apiKey: 'sk-second', tagIds: [b.id, a.id] }))
    const { updatedAtMs } = await viewOf(credentials, first.id)
    world.clock.nowMs += 1000
    expect(await tags.remove(a.id)).toEqual({ used: 3 })
    const page = await world.book.page(account.id)
    expect(page.account.decided.tagIds).toEqual([b.id])
    expect(page.account.decidedAtMs['tagIds']).toBe(world.clock.nowMs)
    expect(await viewOf(credentials, first.id)).toMatchObject({
      updatedAtMs,
      decided: { tagIds: [] },
    })
    expect((await viewOf(credentials, second.id)).decided.tagIds).toEqual([b.id])
    expect(await tags.list()).toEqual([b])
    expect(await tags.remove(a.id)).toEqual({ used: 0 })
  })

  test('that do not exist are not given to a credential', async () => {
    const { credentials } = await startCredentials()
    const { id } = await credentials.save(makeForm({ tagIds: [newId('tag')] }))
    expect((await viewOf(credentials, id)).decided.tagIds).toEqual([])
  })

  test('are given to an account by an edit, and stand in its row only when there are some', async () => {
    const { tags, world } = await startCredentials()
    const tag = await tags.make('a')
    const { id } = await world.add(makeAccount())
    const rowOf = async () => (await world.book.glance()).rows[0]
    expect(await rowOf()).not.toHaveProperty('tagIds')
    await world.book.update(id, ({ account }) => ({
      account: editAccount(account, { tagIds: [tag.id] }, world.clock.nowMs),
    }))
    expect(await rowOf()).toMatchObject({ tagIds: [tag.id] })
  })
})
