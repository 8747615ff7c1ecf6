import { beforeEach, describe, expect, test } from 'vitest'

import type { DraftRecord } from '@/src/domain/draft'
import { newId } from '@/src/domain/ids'
import { complete } from '@/src/domain/metric'
import { type AddPorts, addRecognised } from '@/src/services/add-account'

import { refusal } from '../support/fake-adapter'
import { makeAccount } from '../support/make'
import { freshDisk, startWorld, type World } from '../support/world'

beforeEach(freshDisk)

function makeDraft(draft: Partial<DraftRecord> = {}): DraftRecord {
  const draftId = newId('draft')
  return {
    id: draftId,
    createdAtMs: 1_790_000_000_000,
    access: { kind: 'cookie', userId: '7' },
    existingToken: null,
    recognition: {
      draftId,
      origin: 'https://relay.example',
      siteType: 'new-api',
      generation: 'g1b',
      evidence: [{ sign: 'response-header', detail: 'X-New-Api-Version' }],
      siteName: 'Relay',
      userId: '7',
      username: 'seven',
      balance: complete(1),
      quotaPerUnit: 500_000,
      exchangeRate: 7,
      ways: ['found-token', 'browser-login', 'new-token'],
      unit: 'points',
      existing: [],
    },
    ...draft,
  }
}

const portsOf = (world: World): AddPorts => world.ports

async function keep(world: World, draft: DraftRecord): Promise<DraftRecord> {
  await world.vault.write([{ store: 'drafts', put: draft }])
  return draft
}

const choice = { name: 'Mine', exchangeRate: 6.5 }

describe('access tokens', () => {
  test('none is made unless the user chose so', async () => {
    const world = await startWorld()
    const draft = await keep(world, makeDraft())
    const id = await addRecognised(portsOf(world), draft.id, { ...choice, way: 'browser-login' })
    expect(world.site.calls).not.toContain('createToken')
    expect((await world.book.page(id)).account.decided).toMatchObject({
      auth: { mode: 'cookie' },
      name: 'Mine',
      exchangeRate: 6.5,
      userId: '7',
    })
  })

  test('the one the site showed is used as it is', async () => {
    const world = await startWorld()
    const draft = await keep(world, makeDraft({ existingToken: 'the-known-token' }))
    const id = await addRecognised(portsOf(world), draft.id, { ...choice, way: 'found-token' })
    expect(world.site.calls).not.toContain('createToken')
    expect((await world.book.page(id)).account.decided.auth).toEqual({
      mode: 'token',
      accessToken: 'the-known-token',
    })
  })

  test('a chosen one is made once and the draft is gone', async () => {
    const world = await startWorld()
    const draft = await keep(world, makeDraft())
    await addRecognised(portsOf(world), draft.id, { ...choice, way: 'new-token' })
    await expect(
      addRecognised(portsOf(world), draft.id, { ...choice, way: 'new-token' }),
    ).rejects.toMatchObject({ failure: { class: 'not-found' } })
    expect(world.site.calls.filter((call) => call === 'createToken')).toHaveLength(1)
  })

  test('after an attempt whose end is not known the request is not repeated', async () => {
    const world = await startWorld()
    const draft = await keep(world, makeDraft())
    world.site.token = refusal({ class: 'interrupted' })
    for (const reason of [undefined, 'token-asked']) {
      await expect(
        addRecognised(portsOf(world), draft.id, { ...choice, way: 'new-token' }),
      ).rejects.toMatchObject({ failure: { class: 'interrupted', ...(reason ? { reason } : {}) } })
    }
    expect(world.site.calls.filter((call) => call === 'createToken')).toHaveLength(1)
  })

  test('after a clear refusal the user may choose again', async () => {
    const world = await startWorld()
    const draft = await keep(world, makeDraft())
    world.site.token = refusal({ class: 'proof' })
    const adding = addRecognised(portsOf(world), draft.id, { ...choice, way: 'new-token' })
    await expect(adding).rejects.toMatchObject({ failure: { class: 'proof' } })
    const id = await addRecognised(portsOf(world), draft.id, { ...choice, way: 'browser-login' })
    expect((await world.book.page(id)).account.decided.auth.mode).toBe('cookie')
  })

  test('nothing is made for an account that is stored already', async () => {
    const world = await startWorld()
    await world.add(makeAccount())
    const draft = await keep(world, makeDraft())
    await expect(
      addRecognised(portsOf(world), draft.id, { ...choice, way: 'new-token' }),
    ).rejects.toMatchObject({ failure: { class: 'input', reason: 'duplicate' } })
    expect(world.site.calls).not.toContain('createToken')
  })
})

test('a browser session found in the tab is kept with the device, not with the account', async () => {
  const world = await startWorld()
  const draft = await keep(
    world,
    makeDraft({
      access: {
        kind: 'bearer',
        userId: '7',
        bearer: 'short-lived-bearer',
        expiresAtMs: 1_790_000_900_000,
      },
    }),
  )
  const id = await addRecognised(portsOf(world), draft.id, { ...choice, way: 'browser-login' })
  expect(JSON.stringify(await world.vault.load('accounts', id))).not.toContain('short-lived-bearer')
  expect(await world.vault.load('bonds', id)).toMatchObject({
    session: { bearer: 'short-lived-bearer' },
  })
})
