import { describe, expect, test } from 'vitest'

import { conformance, noteOf, operations, reportOf } from './command'
import { type Family, newApi, SELF_HOSTED, start, sub2api } from './families'
import { HOSTED } from './hosted-families'
import { type Rewrite, startLiar, withKeys } from './liar'

const FAMILIES: Readonly<Record<string, Family>> = {
  ...SELF_HOSTED,
  ...HOSTED,
  ...Object.fromEntries(
    (['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3'] as const).map((generation) => [
      `New API ${generation}`,
      newApi(generation),
    ]),
  ),
}

/** What changes keys, as it is asked. */
const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE']

const isAboutKeys = (path: string) => /\/(?:token|keys)(?:\/|$)/.test(path)

const proofOf = ({ token, login }: Family) => (token.length > 0 ? token : login)

/** Old servers show their models to nobody (`contracts/sub2api.md 1, 10`). */
const tellsModels = (name: string) => name !== 'Sub2API old'

const countOf = (note: string | undefined) => /^\d+ keys/.exec(note ?? '')?.[0]

async function run(family: Family, args: readonly string[], proof = proofOf(family)) {
  const outcome = await conformance([...args, ...proof])
  const report = reportOf(outcome)
  const keysNote = noteOf(report, 'API keys (access token)') ?? noteOf(report, 'API keys (session)')
  return { outcome, report, keysNote }
}

describe.each(Object.entries(FAMILIES))('%s', (name, family) => {
  test('lets a key live its whole life, and has as many afterwards as before', async () => {
    const { args } = await start(family)
    const first = await run(family, args)
    expect(operations(first.report, 'fail')).toEqual([])
    expect(operations(first.report, 'pass')).toEqual(
      expect.arrayContaining([
        ...(tellsModels(name) ? ['models'] : []),
        'create key',
        'created key is listed',
        'rename key',
        'delete key',
        'delete key again',
      ]),
    )
    const canDisable = family.type !== 'aihubmix'
    for (const operation of ['disable key', 'enable key']) {
      expect(operations(first.report, canDisable ? 'pass' : 'skipped')).toContain(operation)
    }
    expect(noteOf(first.report, 'clean up keys')).toBeUndefined()
    expect(first.outcome.stdout).not.toMatch(/sk-[\w-]{8}/)
    const second = await run(family, args)
    expect(countOf(second.keysNote)).toBe(countOf(first.keysNote))
    expect(countOf(first.keysNote)).toBeDefined()
  })

  test('has no key made by a run that was told so', async () => {
    const { args, relay } = await start(family)
    const { report, outcome } = await run(family, [...args, '--no-keys'])
    expect(outcome.code).toBe(0)
    expect(noteOf(report, 'create key')).toBe('not with --no-keys')
    const changes = relay.counters
      .requests()
      .filter(({ method, path }) => CHANGES.includes(method) && isAboutKeys(path))
    expect(changes).toEqual([])
  })
})

/** A text of the same form that is another key's. */
const otherText = (text: unknown) =>
  typeof text === 'string' ? `${text.slice(0, 6)}zz${text.slice(8, -2)}zz` : text

const ignoresNames: Rewrite = ({ method }, body) =>
  method === 'GET'
    ? withKeys(body, (key) => ({ ...key, name: String(key['name']).replace(/-2$/, '') }))
    : body

const losesLimits: Rewrite = ({ method }, body) =>
  method === 'GET'
    ? withKeys(body, (key) =>
        String(key['name']).endsWith('-2')
          ? { ...key, unlimited_quota: true, quota: 0, limit: null, expires_at: null }
          : key,
      )
    : body

const listsOtherTexts: Rewrite = ({ method }, body) =>
  method === 'GET'
    ? withKeys(body, (key) => ({
        ...key,
        key: otherText(key['key']),
        label: otherText(key['label']),
      }))
    : body

const revealsOtherTexts: Rewrite = ({ method, path }, body) => {
  if (method !== 'POST' || !path.endsWith('/key')) return body
  const { data } = body as { data: { key: string } }
  return { success: true, message: '', data: { key: otherText(data.key) } }
}

/** Lists as they were before anything was deleted. */
function keepsKeys(): Rewrite {
  const lists = new Map<string, unknown>()
  let isDeleted = false
  return ({ method, url }, body) => {
    isDeleted ||= method === 'DELETE'
    if (method !== 'GET') return body
    if (!isDeleted) lists.set(url, body)
    return lists.get(url) ?? body
  }
}

const liars = Object.entries(FAMILIES).filter(([name]) =>
  /^(?:DoneHub|Veloera V4|Sub2API new|OpenRouter|AIHubMix|New API g[02])$/.test(name),
)

describe.each(liars)('a lying %s', (_, family) => {
  test('that ignores names is found', async () => {
    const { args } = await startLiar(family, ignoresNames)
    const { report } = await run(family, args)
    expect(operations(report, 'fail')).toEqual(['rename key'])
    expect(noteOf(report, 'rename key')).toBe('accepted, but its name is as it was')
  })

  test('that loses limits with a change is found', async () => {
    const { args } = await startLiar(family, losesLimits)
    const { report } = await run(family, args)
    expect(noteOf(report, 'rename key')).toMatch(/^it changed more than that: .*remaining/)
  })

  test('that keeps what was deleted is found', async () => {
    const { args } = await startLiar(family, keepsKeys())
    const { report, outcome } = await run(family, args)
    expect(outcome.code).toBe(1)
    expect(noteOf(report, 'delete key')).toBe('accepted, but it is still in the list')
    expect(noteOf(report, 'clean up keys')).toMatch(
      /^left at the site, delete by hand: relaydeck-check-[0-9a-f]{8}/,
    )
  })
})

const tellers = liars.filter(([name]) => !/^(?:DoneHub|Veloera|New API)/.test(name))

test.each(tellers)('%s: a list of other keys than were told is found', async (_, family) => {
  const { args } = await startLiar(family, listsOtherTexts)
  const { report } = await run(family, args)
  expect(operations(report, 'fail')).toEqual(['created key is listed'])
  expect(noteOf(report, 'created key is listed')).toBe(
    'the list shows another key than the one that was told',
  )
})

test('a call that shows another key is found', async () => {
  const family = newApi('g2')
  const { args } = await startLiar(family, revealsOtherTexts)
  const { report } = await run(family, args)
  expect(operations(report, 'fail')).toEqual(['reveal key'])
  expect(noteOf(report, 'reveal key')).toBe('another key than the one that is listed')
})

describe('nothing is left behind', () => {
  const family = sub2api('new')
  const KEY = '/api/v1/keys/:id'

  test.each([
    ['a change that fails', 'PUT', 99, 'rename key'],
    ['a removal that fails twice', 'DELETE', 2, 'delete key'],
  ])('after %s', async (_, method, times, operation) => {
    const { args, relay } = await start(family)
    const before = relay.state.keys.size
    relay.faults.set({ method, path: KEY }, { kind: 'status', status: 500 }, times)
    const { report } = await run(family, args)
    expect(operations(report, 'fail')).toContain(operation)
    expect(relay.state.keys.size).toBe(before)
  })

  test('after a creation whose answer was lost', async () => {
    const { args, relay } = await start(family)
    const before = relay.state.keys.size
    relay.faults.set({ method: 'POST', path: '/api/v1/keys' }, { kind: 'truncate' })
    const { report } = await run(family, args)
    expect(noteOf(report, 'create key')).toMatch(/^interrupted\/uncertain/)
    expect(noteOf(report, 'clean up keys')).toBe('1 removed')
    expect(relay.state.keys.size).toBe(before)
  })
})
