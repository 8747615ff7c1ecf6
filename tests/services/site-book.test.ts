import { beforeEach, describe, expect, test, vi } from 'vitest'

import type { CredentialDecided, CredentialRecord } from '@/src/domain/credential'
import type { GatewayRecord } from '@/src/domain/export-record'
import { newId } from '@/src/domain/ids'
import type { ChannelRecord } from '@/src/domain/notice'
import { markRevoked, reachableAgain } from '@/src/services/access-watch'
import { createSiteBook } from '@/src/services/site-book'

import { makeAccount } from '../support/make'
import { freshDisk, startWorld } from '../support/world'

beforeEach(freshDisk)

const A = 'https://a.example'
const B = 'https://b.example:8443'

function makeCredential(decided: Partial<CredentialDecided>): CredentialRecord {
  const [name, apiKey, notes] = ['Mine', 'sk-mine', '']
  const rest = { name, apiKey, notes, tagIds: [], query: { mode: 'auto' }, baseUrl: A } as const
  return {
    id: newId('cred'),
    createdAtMs: 1,
    updatedAtMs: 1,
    decided: { ...rest, tagIds: [], apiType: 'openai', ...decided },
    decidedAtMs: {},
  }
}

function makeGateway(address: string): GatewayRecord {
  const id = `gate_${'0'.repeat(32)}`
  return { id, kind: 'cli-proxy-api', name: 'Proxy', address, secret: '', createdAtMs: 1 }
}

function makeChannel(origin: string): ChannelRecord {
  const id = `chan_${'0'.repeat(32)}`
  return {
    id,
    enabled: false,
    origin,
    config: { kind: 'ntfy', address: `${origin}/t`, token: '' },
    decidedAtMs: 1,
  }
}

async function startBook(granted: Set<string>, hosts: string[] = []) {
  const world = await startWorld()
  const now = () => world.clock.nowMs
  const hasAccess = (origin: string) => Promise.resolve(granted.has(origin))
  const ports = { vault: world.vault, book: world.book, hasAccess, now }
  const siteBook = createSiteBook({ ...ports, grantedHosts: () => Promise.resolve(hosts) })
  return { world, siteBook, watch: ports }
}

describe('the list of sites', () => {
  test('says why, since when and when last, and leaves out what is not known', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const { world, siteBook } = await startBook(new Set([A, B]))
    const account = await world.add(makeAccount({ origin: A, name: 'At A' }))
    await world.add(makeAccount({ origin: B, name: 'At B' }))
    await siteBook.noteGrant([A])
    const grantedAtMs = world.clock.nowMs
    world.clock.nowMs += 60_000
    siteBook.noteUse(A)
    expect(await siteBook.list()).toMatchObject([
      {
        origin: A,
        granted: true,
        accounts: [{ id: account.id, name: 'At A' }],
        sinceMs: grantedAtMs,
        lastUsedAtMs: world.clock.nowMs,
        autoHelp: false,
      },
      { origin: B, granted: true },
    ])
    const [, b] = await siteBook.list()
    expect(b).not.toHaveProperty('sinceMs')
    expect(b).not.toHaveProperty('lastUsedAtMs')
    await vi.advanceTimersByTimeAsync(6_000)
    vi.useRealTimers()
    await vi.waitFor(async () => {
      expect((await siteBook.get(A))?.lastUsedAtMs).toBe(world.clock.nowMs)
    })
  })

  test('names a grant that belongs to no account, and an account without a grant', async () => {
    const { world, siteBook } = await startBook(new Set(['https://left.example']), [
      'https://left.example',
    ])
    await world.add(makeAccount({ origin: A }))
    expect(await siteBook.list()).toMatchObject([
      { origin: A, granted: false, accounts: [{}] },
      { origin: 'https://left.example', granted: true, accounts: [] },
    ])
  })

  test('knows a site on a port by the grant of its host', async () => {
    const { world, siteBook } = await startBook(new Set([B]), ['https://b.example'])
    await world.add(makeAccount({ origin: B }))
    await siteBook.noteGrant(['https://b.example'])
    expect(await siteBook.list()).toMatchObject([{ origin: B, sinceMs: world.clock.nowMs }])
  })

  test('counts credentials, gateways and channels as reasons, and keeps what is known of their sites', async () => {
    const [own, gate, push] = [
      'https://api.example',
      'http://127.0.0.1:8317',
      'https://push.example',
    ]
    const { world, siteBook } = await startBook(new Set([own]), [own])
    const credential = makeCredential({ baseUrl: `${own}/x` })
    await world.vault.write([
      { store: 'credentials', put: credential },
      { store: 'credentials', put: makeCredential({ baseUrl: own, apiType: 'anthropic' }) },
      { store: 'gateways', put: makeGateway(gate) },
      { store: 'channels', put: makeChannel(push) },
    ])
    await siteBook.noteGrant([own])
    const counted = [
      {
        origin: gate,
        granted: false,
        accounts: [],
        others: { credentials: 0, gateways: 1, channels: 0 },
      },
      {
        origin: own,
        granted: true,
        accounts: [],
        others: { credentials: 2, gateways: 0, channels: 0 },
      },
      {
        origin: push,
        granted: false,
        accounts: [],
        others: { credentials: 0, gateways: 0, channels: 1 },
      },
    ]
    expect(await siteBook.list()).toMatchObject(counted)
    await siteBook.update(gate, { autoHelp: false })
    await siteBook.tidy()
    expect(await siteBook.get(gate)).toBeDefined()
    const account = await world.add(makeAccount({ origin: own }))
    expect((await siteBook.list())[1]).toMatchObject({
      accounts: [{ id: account.id }],
      others: { credentials: 2 },
    })
    await world.vault.write([
      { store: 'gateways', remove: makeGateway(gate).id },
      { store: 'channels', remove: makeChannel(push).id },
    ])
    expect(await siteBook.list()).toHaveLength(1)
  })

  test('has no counts where accounts are the only reason', async () => {
    const { world, siteBook } = await startBook(new Set([A]))
    await world.add(makeAccount({ origin: A }))
    expect((await siteBook.list())[0]).not.toHaveProperty('others')
  })

  test('forgets a site that is neither granted nor needed', async () => {
    const granted = new Set([A])
    const { siteBook } = await startBook(granted)
    await siteBook.update(A, { autoHelp: true })
    granted.clear()
    await siteBook.tidy()
    expect(await siteBook.get(A)).toBeUndefined()
  })
})

describe('when access is taken back', () => {
  test('every account there says so at once, and keeps its last figures', async () => {
    const granted = new Set([A, B])
    const { world, watch } = await startBook(granted)
    const { id } = await world.add(makeAccount({ origin: A }))
    const other = await world.add(makeAccount({ origin: B }))
    await world.refresh()
    granted.delete(A)
    await markRevoked(watch)
    const page = await world.book.page(id)
    expect(page.snapshot).toMatchObject({
      figures: { balance: { state: 'complete' } },
      lastAttempt: { failure: { class: 'access', reason: 'revoked' } },
    })
    expect((await world.book.page(other.id)).snapshot.lastAttempt?.failure).toBeUndefined()
    expect(await reachableAgain(watch)).toEqual([])
    granted.add(A)
    expect(await reachableAgain(watch)).toEqual([id])
  })
})
