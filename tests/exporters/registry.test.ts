import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ExportRecord } from '@/src/domain/export-record'
import { isFailureError } from '@/src/domain/failure'
import { assertWhole, isWholeKey } from '@/src/domain/whole-key'
import { isChoice, type OptionField, type Options } from '@/src/exporters/options'
import { EXPORTERS, exporterOf } from '@/src/exporters/registry'

import { closureOf } from '../architecture/graph'
import { readFiles } from '../architecture/source-files'
import { CHAT_ONLY, exporter, HUB, NOW, oneRecord, recordOf } from './records'

const relay = recordOf()

/** Any value a form could give for the fields of an exporter. */
function optionsFor(fields: readonly OptionField[]): fc.Arbitrary<Options> {
  const values = fields.map((field): [string, fc.Arbitrary<Options[string]>] => {
    if (isChoice(field)) {
      return [field.name, fc.constantFrom(...field.choices.map(({ value }) => value))]
    }
    if (field.type === 'boolean') return [field.name, fc.boolean()]
    if (field.type === 'models') return [field.name, fc.constant(['gpt-5.2'])]
    const texts =
      field.type === 'template'
        ? ['ama://x?key={key}', 'https://chat.example.net/#{key}']
        : ['chat.example.net', 'gpt-5.2']
    return [field.name, fc.constantFrom(...texts)]
  })
  return fc.record(Object.fromEntries(values))
}

const masks = fc
  .tuple(
    fc.stringMatching(/^[\w-]{0,8}$/),
    fc.constantFrom('*', '****', '•', '…', '...'),
    fc.stringMatching(/^[\w-]{0,8}$/),
  )
  .map((parts) => parts.join(''))

/** What the exporter makes of it, or the failure it throws. */
function attempt(id: string, records: readonly ExportRecord[], options: Options) {
  try {
    return { built: exporter(id).build(records, options, NOW) }
  } catch (thrown) {
    if (!isFailureError(thrown)) throw thrown
    return { failure: thrown.failure }
  }
}

describe.each(EXPORTERS.map(({ id }) => id))('the exporter %s', (id) => {
  const one = exporter(id)

  it('makes nothing of a masked key, whatever the options', () => {
    fc.assert(
      fc.property(
        fc.oneof(masks, fc.constantFrom('', '  ')),
        optionsFor(one.fields([relay])),
        oneRecord,
        (key, options, other) => {
          const masked = recordOf({ key })
          const records = one.many ? [other, masked] : [masked]
          const outcome = attempt(id, records, options)
          expect(outcome).toEqual({
            failure: { class: 'input', field: 'key', reason: 'masked' },
          })
          expect(JSON.stringify(one.fields(records, options))).not.toContain(other.key)
          expect(one.problems(records, options)).toContainEqual({ field: 'key', reason: 'masked' })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says every problem before it is asked to build, and builds when there is none', () => {
    fc.assert(
      fc.property(optionsFor(one.fields([relay])), oneRecord, (options, record) => {
        const [problem] = one.problems([record], options)
        const outcome = attempt(id, [record], options)
        if (problem) expect(outcome).toEqual({ failure: { class: 'input', ...problem } })
        else expect(outcome).toMatchObject({ built: { kind: one.kind } })
      }),
      { numRuns: 60 },
    )
  })

  it('writes no secret into what is remembered of its options', () => {
    fc.assert(
      fc.property(optionsFor(one.fields([relay])), oneRecord, (options, record) => {
        expect(JSON.stringify(one.remembered([record], options))).not.toContain(record.key)
      }),
      { numRuns: 30 },
    )
  })

  it('refuses keys that could break out of a header, and addresses that are none', () => {
    const reasons = (changes: Partial<ExportRecord>) =>
      one.problems([recordOf(changes)]).map(({ reason }) => reason)
    expect(reasons({ key: 'sk-a\r\nX: y' })).toContain('unusable')
    expect(reasons({ baseUrl: 'javascript:alert(1)' })).toContain('not-a-web-address')
    expect(reasons({ baseUrl: 'https://u:p@relay.example.com' })).toContain('not-a-web-address')
    expect(reasons({ baseUrl: 'https://relay.example.com/?x=1' })).toContain('not-a-web-address')
    expect(one.problems([])).toContainEqual({ field: 'key', reason: 'none' })
  })

  it('takes names that end within a character', () => {
    const records = [
      recordOf({ siteName: 'half \ud83d', keyName: '\udd8a half', modelHint: ['m'] }),
    ]
    const template = 'ama://x?key={key}'
    expect(attempt(id, records, { template, host: 'chat.example.net' })).toHaveProperty('built')
  })
})

describe('exporters', () => {
  it('bring nothing along that pages would pay for', () => {
    const loaded = [...closureOf('src/exporters/registry.ts', readFiles(['src']))]
    expect(loaded).toContain('src/exporters/targets/kilo.ts')
    expect(loaded.filter((path) => !/^src\/(?:exporters|domain)\//.test(path))).toEqual([])
  })

  it('have ids of their own, short enough for the ledger', () => {
    const ids = EXPORTERS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9-]{1,60}$/.test(id))).toEqual([])
    expect(exporterOf('kilo')?.id).toBe('kilo')
    expect(exporterOf('unknown')).toBeUndefined()
  })

  it('are offered for what the site speaks and for how many keys they take', () => {
    const chatOnly = recordOf({ endpoints: CHAT_ONLY })
    const offered = (records: readonly ExportRecord[]) =>
      EXPORTERS.filter((one) => one.offered(records)).map(({ id }) => id)
    expect(offered([relay])).toHaveLength(EXPORTERS.length)
    expect(EXPORTERS.map(({ id }) => id).filter((id) => !offered([chatOnly]).includes(id))).toEqual(
      ['claude-code', 'codex', 'gemini-cli'],
    )
    const other = recordOf({ source: { kind: 'key', accountId: 'acc-2', keyId: '1' } })
    expect(offered([relay, other])).not.toContain('curl')
    expect(exporter('codex').problems([chatOnly])).toContainEqual({
      field: 'apiType',
      reason: 'not-spoken',
    })
  })

  it('offer an API only when the sites of all keys speak it', () => {
    const [apiType] = exporter('kilo').fields([relay, recordOf({ endpoints: CHAT_ONLY })])
    expect(apiType).toMatchObject({ choices: [{ value: 'openai-compatible' }] })
  })
})

describe('addresses', () => {
  /** `contracts/exports.md 0.4`, at a site that has the protocols below paths of their own. */
  it.each([
    ['cherry-studio', ['', '', '/claude', '/gemini']],
    ['kilo', ['/v1', '/v1', '/claude/v1', '/gemini/v1beta']],
    ['open-code', ['/v1', '/v1', '/claude/v1', '/gemini/v1beta']],
    ['roo', ['/v1', '/v1', '/claude', '/gemini']],
    ['kelivo', ['/v1', undefined, '/claude/v1', undefined]],
    ['cursor-plus', ['/v1', '/v1', undefined, undefined]],
    [
      'claude-code-router-config',
      ['/v1/chat/completions', '/v1/responses', '/claude/v1/messages', '/gemini/v1beta/models/'],
    ],
    ['claude-code-router-link', ['/v1', '/v1', '/claude', '/gemini']],
  ])('for %s have the form it wants', (id, paths) => {
    const types = ['openai-compatible', 'openai', 'anthropic', 'google']
    for (const [index, apiType] of types.entries()) {
      const path = paths[index]
      const { built } = attempt(id, [recordOf({ endpoints: HUB })], { apiType })
      expect(built === undefined).toBe(path === undefined)
      if (!built) continue
      const text = everythingIn(JSON.stringify(built))
      expect(text).toContain(`"https://relay.example.com${path}"`)
    }
  })

  it.each([
    ['claude', '/claude'],
    ['codex', '/v1'],
    ['gemini', '/gemini'],
    ['grokbuild', '/v1'],
    ['opencode', '/v1'],
    ['openclaw', '/v1'],
    ['hermes', '/v1'],
  ])('for the app %s of CC Switch have the form it wants', (app, path) => {
    const { built } = attempt('cc-switch', [recordOf({ endpoints: HUB })], { app })
    expect(everythingIn(JSON.stringify(built))).toContain(`"https://relay.example.com${path}"`)
  })
})

/** The text with every value of a query and every base64 within it laid open, all in quotes. */
function everythingIn(text: string): string {
  const values = [...text.matchAll(/[=:]([\w%+/.-]{8,}={0,2})/g)].map(([, value = '']) =>
    decodeURIComponent(value),
  )
  const decoded = values.map((value) => Buffer.from(value, 'base64').toString('utf8'))
  return [text.replaceAll('\\"', '"'), ...values.map((value) => `"${value}"`), ...decoded].join(
    '\n',
  )
}

describe('whole keys', () => {
  it('are told from masked ones', () => {
    fc.assert(
      fc.property(masks, (key) => {
        expect(isWholeKey(key)).toBe(false)
        expect(() => assertWhole(key)).toThrow('input/masked')
      }),
    )
    expect(isWholeKey(' ')).toBe(false)
    expect(assertWhole('sk-EXAMPLE.with.dots')).toBe('sk-EXAMPLE.with.dots')
  })
})
