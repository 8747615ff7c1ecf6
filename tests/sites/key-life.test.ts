import { describe, expect, test } from 'vitest'

import {
  create,
  fullDraft,
  KEY_SITES,
  type KeySite,
  listed,
  made,
  SOME_KEY_SITES,
} from './key-sites'
import { failureIn, valueOf } from './site-client'

describe.each(KEY_SITES)('%s', (_, open) => {
  test('a key is made with every field, and the site has just that', async () => {
    const site = await open()
    const draft = fullDraft(site)
    const key = await made(site, draft)
    const stored = site.stored(key.id)
    expect(stored).toMatchObject({ ...draft, status: 1 })
    expect(key).toMatchObject({ ...draft, remaining: { value: 750_000 }, status: 'enabled' })
    expect(site.counters.count('POST', '/api/token/')).toBe(1)
    const shown = (await listed(site)).find(({ id }) => id === key.id)
    expect(shown).toEqual({ ...key, key: shown?.key })
  })

  test('an unlimited key for ever and for everything', async () => {
    const site = await open()
    const { name } = fullDraft(site)
    const draft = {
      name,
      remaining: null,
      expiresAtMs: null,
      modelLimits: [],
      ipLimits: [],
      group: '',
    }
    const key = await made(site, draft)
    expect(site.stored(key.id)).toMatchObject(draft)
    expect(key).toMatchObject(draft)
  })

  test('its full text begins with sk- once, listed or shown when asked', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id, key } = await made(site)
    const text = `sk-${site.stored(id)?.text ?? ''}`
    if (keys.features(generation).secret === 'listed') {
      expect(key).toEqual({ kind: 'full', text })
      return
    }
    expect(key.kind).toBe('masked')
    const shown = await keys.reveal?.(ctx, access, [id], { generation, atOnce: 1 })
    expect(shown && valueOf(shown)).toEqual(new Map([[id, text]]))
  })

  test('a new name changes nothing else', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id } = await made(site)
    const before = site.stored(id)
    valueOf(await keys.update(ctx, access, id, { name: 'other' }, generation))
    expect(site.stored(id)).toEqual({ ...before, name: 'other' })
  })

  test('every field can be changed by itself', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id } = await made(site)
    let expected = site.stored(id)
    for (const edit of [
      { remaining: 5 },
      { remaining: null },
      { expiresAtMs: null },
      { expiresAtMs: 1_950_000_000_000 },
      { modelLimits: ['gpt-4o-mini'] },
      { modelLimits: [] },
      { ipLimits: ['203.0.113.9'] },
      { ipLimits: [] },
      ...(keys.features(generation).edit.includes('group') ? [{ group: '' }] : []),
      ...(keys.features(generation).edit.includes('backupGroup') ? [{ backupGroup: '' }] : []),
      ...(keys.features(generation).edit.includes('crossGroupRetry')
        ? [{ crossGroupRetry: false }]
        : []),
    ]) {
      valueOf(await keys.update(ctx, access, id, edit, generation))
      expected = expected && { ...expected, ...edit }
      expect(site.stored(id)).toEqual(expected)
    }
  })

  test('is switched off and on, and nothing else of it changes', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id } = await made(site)
    const before = site.stored(id)
    for (const [enabled, status] of [
      [false, 2],
      [true, 1],
    ] as const) {
      valueOf((await keys.setEnabled?.(ctx, access, id, enabled, generation)) ?? never())
      expect(site.stored(id)).toEqual({ ...before, status })
    }
  })

  test.each([
    ['expired', { status: 3, expiredTime: 1_000 }, 'key-expired'],
    ['exhausted', { status: 4, remainQuota: 0 }, 'key-exhausted'],
  ] as const)('enabling an %s key is refused in known words', async (_case, part, reason) => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id } = await made(site)
    site.set(id, part)
    const failure = failureIn(
      (await keys.setEnabled?.(ctx, access, id, true, generation)) ?? never(),
    )
    expect(failure).toMatchObject({ class: 'refused', reason })
    expect(failure.detail).toContain('无法启用')
    expect(site.stored(id)).toMatchObject({ status: part.status })
  })

  test('is removed, and removing it again is no failure', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id } = await made(site)
    valueOf(await keys.remove(ctx, access, id, generation))
    expect(site.stored(id)).toBeUndefined()
    valueOf(await keys.remove(ctx, access, id, generation))
    expect(await listed(site)).toHaveLength(2)
  })

  test('names are measured in bytes, and a long one is not sent', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const most = keys.features(generation).nameBytes
    const fits = '密'.repeat(Math.floor(most / 3)) + 'x'.repeat(most % 3)
    const { id, name } = await made(site, fullDraft(site, fits))
    expect(name).toBe(fits)
    site.counters.reset()
    const long = { class: 'input', reason: 'name-too-long', field: 'name' }
    const tooLong = { ...fullDraft(site), name: `${fits}x` }
    const options = { generation, knownIds: new Set<string>(), requestId: 'r' }
    expect(failureIn(await keys.create(ctx, access, tooLong, options))).toMatchObject(long)
    const edited = await keys.update(ctx, access, id, { name: tooLong.name }, generation)
    expect(failureIn(edited)).toMatchObject(long)
    expect(site.counters.requests()).toEqual([])
  })

  test('models to limit it to are those of the user', async () => {
    const { keys, ctx, access } = await open()
    const models = valueOf(await keys.fetchModels(ctx, access))
    expect(models).toContain('gpt-4o')
    expect(models.filter((name) => name.includes('*'))).toEqual([])
  })

  test('keys of others cannot be changed', async () => {
    const site = await open()
    const { keys, ctx, access, generation } = site
    const { id } = await made(site)
    const before = site.stored(id)
    const asBob = { kind: 'wrong-user', userId: 8 } as const
    site.faults.set({ path: '*' }, asBob)
    const done = [
      await keys.update(ctx, access, id, { name: 'stolen' }, generation),
      (await keys.setEnabled?.(ctx, access, id, false, generation)) ?? never(),
    ]
    for (const result of done) expect(['identity', 'refused']).toContain(failureIn(result).class)
    expect(site.stored(id)).toEqual(before)
  })

  test.each(['reset', 'truncate'] as const)(
    'nobody knows whether a key was made when the connection is lost (%s)',
    async (kind) => {
      await expectUncertain(await open(), kind)
    },
  )
})

test.each(SOME_KEY_SITES)('%s: nor when the site never answers', async (_, open) => {
  await expectUncertain(await open(), 'hang')
})

/** A creation whose answer is lost is told as uncertain, and it is asked for once. */
async function expectUncertain(site: KeySite, kind: 'hang' | 'reset' | 'truncate'): Promise<void> {
  site.faults.set({ method: 'POST', path: '/api/token/' }, { kind })
  const failure = failureIn(await create(site, fullDraft(site)))
  expect(failure).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
  expect(site.counters.count('POST', '/api/token/')).toBe(1)
}

function never(): never {
  throw new Error('the family cannot switch keys off')
}
