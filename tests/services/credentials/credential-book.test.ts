import { beforeEach, describe, expect, test } from 'vitest'

import { fingerprintOf } from '@/src/crypto/fingerprint'
import { newId } from '@/src/domain/ids'
import { unavailable } from '@/src/domain/metric'
import { type CredentialState, credentialViewSchema } from '@/src/domain/credential'
import { createKeySource } from '@/src/services/credentials/key-source'

import { makeAccount, makeKey } from '../../support/make'
import { freshDisk } from '../../support/world'
import { KEY, makeForm, startCredentials, viewOf } from './credential-world'

beforeEach(freshDisk)

const none = unavailable('never-fetched')

function makeState(id: string): CredentialState {
  return {
    id,
    attemptAtMs: 1,
    health: 'healthy',
    unlimited: false,
    balanceUsd: none,
    todayCostUsd: none,
    todayRequests: none,
    todayTokens: none,
    totalUsedUsd: none,
    totalGrantedUsd: none,
    attempts: [],
  }
}

describe('saving a credential', () => {
  test('keeps it in normal form and shows it without its key', async () => {
    const { credentials, events } = await startCredentials()
    const { id, merged } = await credentials.save(
      makeForm({ name: '  Mine ', baseUrl: ' "api.example/v1/" ', apiKey: ` ${KEY}\n` }),
    )
    expect(merged).toBe(false)
    const view = await viewOf(credentials, id)
    expect(view).toMatchObject({
      decided: { name: 'Mine', baseUrl: 'https://api.example' },
      shown: `sk-01234${'*'.repeat(16)}IJKL`,
      fingerprint: await fingerprintOf(KEY),
      refreshing: false,
      granted: true,
    })
    expect(JSON.stringify(view)).not.toContain(KEY)
    expect(credentialViewSchema.safeParse(view).success).toBe(true)
    expect((await credentials.get(id)).decided.apiKey).toBe(KEY)
    expect(events).toEqual(['credentials'])
  })

  test.each([
    [{ name: '  ' }, 'required', 'name'],
    [{ baseUrl: ' ' }, 'required', 'baseUrl'],
    [{ baseUrl: 'ftp://x.example' }, 'not-a-web-address', 'baseUrl'],
    [{ apiKey: ' ' }, 'required', 'apiKey'],
    [{ apiKey: 'sk-abcd**********wxyz' }, 'masked', 'apiKey'],
    [{ apiKey: 'sk-abcd…wxyz' }, 'masked', 'apiKey'],
    [{ apiKey: 'sk-密钥' }, 'malformed-key', 'apiKey'],
    [{ apiKey: 'two words' }, 'malformed-key', 'apiKey'],
    [{ query: { mode: 'custom' as const } }, 'endpoint-required', 'query.custom.endpoint'],
  ])('%j is refused as %s of %s', async (form, reason, field) => {
    const { credentials } = await startCredentials()
    await expect(credentials.save(makeForm(form))).rejects.toMatchObject({
      failure: { class: 'input', reason, field },
    })
    expect(await credentials.views()).toEqual([])
  })

  test('the same type, address and key twice is one, with the tags of both', async () => {
    const { credentials, tags, world } = await startCredentials()
    const a = await tags.make('a')
    const b = await tags.make('b')
    const custom = { endpoint: '/u', paths: { balanceUsd: 'b' } }
    const first = await credentials.save(
      makeForm({ name: 'Old', tagIds: [a.id], notes: 'kept', query: { mode: 'custom', custom } }),
    )
    const { createdAtMs } = await viewOf(credentials, first.id)
    world.clock.nowMs += 1000
    const form = makeForm({ name: 'New', baseUrl: 'https://api.example/v1', tagIds: [b.id, b.id] })
    expect(await credentials.save(form)).toEqual({ id: first.id, merged: true })
    expect(await credentials.views()).toMatchObject([
      {
        createdAtMs,
        updatedAtMs: world.clock.nowMs,
        decided: {
          name: 'New',
          tagIds: [a.id, b.id],
          notes: 'kept',
          query: { mode: 'custom', custom },
        },
      },
    ])
    expect(await credentials.save(makeForm({ apiType: 'anthropic' }))).toMatchObject({
      merged: false,
    })
    expect(await credentials.views()).toHaveLength(2)
  })

  test('one that is changed into another goes into that one', async () => {
    const { credentials, world } = await startCredentials()
    const old = await credentials.save(makeForm({ name: 'Old', apiKey: 'sk-other-key' }))
    world.clock.nowMs += 1000
    const twin = await credentials.save(makeForm({ name: 'Twin' }))
    const { createdAtMs } = await viewOf(credentials, old.id)
    expect(await credentials.save(makeForm({ name: 'Both' }), old.id)).toEqual({
      id: twin.id,
      merged: true,
    })
    expect(await credentials.views()).toMatchObject([
      { id: twin.id, createdAtMs, decided: { name: 'Both' } },
    ])
  })

  test('an edit without a key keeps the key, and what is known with it', async () => {
    const { credentials, world } = await startCredentials()
    const { id } = await credentials.save(makeForm())
    await world.vault.write([{ store: 'credentialStates', put: makeState(id) }])
    world.clock.nowMs += 1000
    await credentials.save(makeForm({ name: 'Renamed', apiKey: '' }), id)
    const record = await credentials.get(id)
    expect(record.decided).toMatchObject({ name: 'Renamed', apiKey: KEY })
    expect(record.decidedAtMs['name']).toBe(world.clock.nowMs)
    expect(record.decidedAtMs['apiKey']).toBe(record.createdAtMs)
    expect((await viewOf(credentials, id)).state).toBeDefined()
  })

  test.each([
    { apiKey: 'sk-another-key' },
    { baseUrl: 'https://other.example' },
    { apiType: 'anthropic' as const },
  ])('%j makes another credential of it, of which nothing is known', async (change) => {
    const { credentials, world } = await startCredentials()
    const { id } = await credentials.save(makeForm())
    await world.vault.write([{ store: 'credentialStates', put: makeState(id) }])
    await credentials.save(makeForm(change), id)
    expect((await viewOf(credentials, id)).state).toBeUndefined()
  })

  test('a version segment that belongs to the address survives a later edit', async () => {
    const { credentials } = await startCredentials()
    const { id } = await credentials.save(makeForm({ baseUrl: 'https://x.example/v1/proxy/v1' }))
    const { baseUrl } = (await viewOf(credentials, id)).decided
    expect(baseUrl).toBe('https://x.example/v1/proxy')
    await credentials.save(makeForm({ name: 'Renamed', baseUrl, apiKey: '' }), id)
    expect((await viewOf(credentials, id)).decided.baseUrl).toBe(baseUrl)
  })

  test('what is not there cannot be changed, and what is removed is gone with its state', async () => {
    const { credentials, world } = await startCredentials()
    await expect(credentials.save(makeForm(), newId('cred'))).rejects.toMatchObject({
      failure: { class: 'not-found', reason: 'credential' },
    })
    const { id } = await credentials.save(makeForm())
    await world.vault.write([{ store: 'credentialStates', put: makeState(id) }])
    await credentials.remove([id])
    expect(await credentials.views()).toEqual([])
    expect((await world.vault.loadAll('credentialStates')).records).toEqual([])
  })
})

describe('a credential from an account’s key', () => {
  const account = makeAccount({ name: 'Relay', origin: 'https://relay.example' })
  const link = { accountId: account.id, keyId: '31' }

  async function startWithKey(keyName = 'laptop') {
    const started = await startCredentials((key, apiType) => source(key, apiType))
    const { world } = started
    const source = createKeySource({
      vault: world.vault,
      book: world.book,
      adapterFor: (type) => ({ description: { ...world.site.adapter.description, type } }),
      reveal: () => Promise.resolve(KEY),
    })
    await world.add(account)
    const list = { id: account.id, atMs: 1, complete: true, keys: [makeKey({ name: keyName })] }
    await world.vault.write([{ store: 'keyLists', put: list }])
    return { ...started, list }
  }

  const wanted = { key: link, name: '', apiType: 'openai-compatible', tagIds: [] } as const

  test('is linked to it, named after both, and follows its list', async () => {
    const { credentials, world, list } = await startWithKey()
    const { id } = await credentials.fromKey(wanted)
    expect(await viewOf(credentials, id)).toMatchObject({
      decided: { name: 'Relay - laptop', baseUrl: 'https://relay.example', link },
      linkState: 'there',
    })
    const lists = [
      [{ ...list, keys: [] }, 'gone'],
      [{ ...list, keys: [], complete: false }, 'unknown'],
    ] as const
    for (const [put, state] of lists) {
      await world.vault.write([{ store: 'keyLists', put: { ...put, keys: [...put.keys] } }])
      expect((await viewOf(credentials, id)).linkState).toBe(state)
    }
    await world.vault.write([{ store: 'keyLists', remove: account.id }])
    expect((await viewOf(credentials, id)).linkState).toBe('unknown')
  })

  test('says a name once that both have', async () => {
    const { credentials } = await startWithKey('relay laptop')
    const { id } = await credentials.fromKey(wanted)
    expect((await viewOf(credentials, id)).decided.name).toBe('relay laptop')
  })

  test('goes into one that is there already, which keeps its notes and its query', async () => {
    const { credentials } = await startWithKey()
    const query = { mode: 'disabled' } as const
    const typed = await credentials.save(
      makeForm({ baseUrl: 'https://relay.example/v1', notes: 'mine', query }),
    )
    expect(await credentials.fromKey({ ...wanted, name: 'Named' })).toEqual({
      id: typed.id,
      merged: true,
    })
    expect((await viewOf(credentials, typed.id)).decided).toMatchObject({
      name: 'Named',
      notes: 'mine',
      query,
      link,
    })
  })

  test('stays linked through an edit, but not with another key; unlinking keeps both', async () => {
    const { credentials, world } = await startWithKey()
    const { id } = await credentials.fromKey(wanted)
    const form = makeForm({ baseUrl: 'https://relay.example', apiKey: '' })
    await credentials.save(form, id)
    expect((await viewOf(credentials, id)).decided.link).toEqual(link)
    await credentials.unlink(id)
    expect(await viewOf(credentials, id)).not.toHaveProperty('linkState')
    expect((await world.vault.load('keyLists', account.id))?.keys).toHaveLength(1)
    const again = await credentials.fromKey(wanted)
    expect(again).toEqual({ id, merged: true })
    await credentials.save({ ...form, apiKey: 'sk-typed-by-hand' }, id)
    expect((await viewOf(credentials, id)).decided).not.toHaveProperty('link')
  })

  test('fails with what the site said, and stores nothing', async () => {
    const { credentials } = await startCredentials(() =>
      Promise.reject(new Error('the site is down')),
    )
    await expect(credentials.fromKey(wanted)).rejects.toThrow('the site is down')
    expect(await credentials.views()).toEqual([])
  })
})
