import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  ccSwitchReads,
  cherryStudioReads,
  claudeCodeRouterReads,
  kelivoReads,
} from './parsers/links'
import {
  build,
  CHAT_ONLY,
  exporter,
  HUB,
  linksOf,
  models,
  oneRecord,
  recordOf,
  someRecords,
  textOf,
} from './records'

const relay = recordOf()

describe('links of Cherry Studio', () => {
  it('are those of the contract', () => {
    expect(linksOf('cherry-studio', [relay])).toEqual([
      'cherrystudio://providers/api-keys?v=1&data=eyJpZCI6InJlbGF5LWV4YW1wbGUtY29tIiwiYmFzZVVybCI6Imh0dHBzOi8vcmVsYXkuZXhhbXBsZS5jb20iLCJhcGlLZXkiOiJzay1FWEFNUExFIiwibmFtZSI6IkV4YW1wbGUgUmVsYXkifQ%3D%3D',
    ])
    const [bob] = linksOf('cherry-studio', [recordOf({ siteName: `Bob's relay (EU)` })])
    expect(decodeURIComponent(bob!.split('data=')[1]!)).toBe(
      'eyJpZCI6InJlbGF5LWV4YW1wbGUtY29tIiwiYmFzZVVybCI6Imh0dHBzOi8vcmVsYXkuZXhhbXBsZS5jb20iLCJhcGlLZXkiOiJzay1FWEFNUExFIiwibmFtZSI6IkJvYlx1MDAyN3MgcmVsYXkgXHUwMDI4RVVcdTAwMjkifQ==',
    )
  })

  it('bring every name through its reader', () => {
    fc.assert(
      fc.property(oneRecord, (record) => {
        const [link] = linksOf('cherry-studio', [record])
        expect(cherryStudioReads(link!)).toEqual({
          id: 'relay-example-com',
          baseUrl: 'https://relay.example.com',
          apiKey: record.key,
          name: record.siteName,
        })
      }),
    )
  })

  it('keep apart what the program must not merge', () => {
    const idOf = (changes: object, options = {}) =>
      cherryStudioReads(linksOf('cherry-studio', [recordOf(changes)], options)[0]!)
    expect(idOf({ endpoints: HUB }, { apiType: 'anthropic' })).toMatchObject({
      id: 'relay-example-com-anthropic',
      type: 'anthropic',
      baseUrl: 'https://relay.example.com/claude',
    })
    expect(idOf({}, { apiType: 'openai' })).toMatchObject({
      id: 'relay-example-com-openai-response',
      type: 'openai-response',
    })
    expect(idOf({ baseUrl: 'http://openai' })).toMatchObject({ id: 'relay-openai' })
    expect(idOf({ baseUrl: 'https://gate.example.com/team-b' })).toMatchObject({
      id: 'gate-example-com-team-b',
    })
  })
})

describe('links of CC Switch', () => {
  it('are those of the contract', () => {
    const link = (options: Record<string, string>, record = relay) =>
      linksOf('cc-switch', [record], options)[0]
    expect(link({ app: 'codex', model: 'gpt-5.2-codex' })).toBe(
      'ccswitch://v1/import?resource=provider&app=codex&name=Example+Relay&homepage=https%3A%2F%2Frelay.example.com&endpoint=https%3A%2F%2Frelay.example.com%2Fv1&apiKey=sk-EXAMPLE&model=gpt-5.2-codex',
    )
    expect(
      link({ app: 'claude', model: 'claude-sonnet-4-5', haikuModel: 'claude-haiku-4-5' }),
    ).toBe(
      'ccswitch://v1/import?resource=provider&app=claude&name=Example+Relay&homepage=https%3A%2F%2Frelay.example.com&endpoint=https%3A%2F%2Frelay.example.com&apiKey=sk-EXAMPLE&model=claude-sonnet-4-5&haikuModel=claude-haiku-4-5',
    )
    expect(link({ app: 'gemini', model: 'gemini-3-pro-preview' })).toBe(
      'ccswitch://v1/import?resource=provider&app=gemini&name=Example+Relay&homepage=https%3A%2F%2Frelay.example.com&endpoint=https%3A%2F%2Frelay.example.com&apiKey=sk-EXAMPLE&model=gemini-3-pro-preview',
    )
    expect(link({ app: 'claude' }, recordOf({ endpoints: HUB }))).toContain(
      'endpoint=https%3A%2F%2Frelay.example.com%2Fclaude&',
    )
  })

  it('bring every name through its reader', () => {
    const apps = fc.constantFrom('claude', 'codex', 'gemini', 'grokbuild', 'opencode', 'openclaw')
    fc.assert(
      fc.property(someRecords, apps, (records, app) => {
        const read = linksOf('cc-switch', records, { app }).map(ccSwitchReads)
        expect(read.map(({ apiKey }) => apiKey)).toEqual(records.map(({ key }) => key))
        expect(new Set(read.map(({ name }) => name)).size).toBe(records.length)
        if (records.length > 1) return
        const name = records[0]!.siteName
        expect(read[0]).toMatchObject({ app, name: name.trim() || name })
      }),
    )
  })

  it('name a provider of Hermes by a slug', () => {
    fc.assert(
      fc.property(oneRecord, (record) => {
        const [link] = linksOf('cc-switch', [record], { app: 'hermes' })
        expect(ccSwitchReads(link!)['name']).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      }),
    )
  })

  it('offer the apps the site can serve, marking those of newer versions', () => {
    const [app] = exporter('cc-switch').fields([recordOf({ endpoints: CHAT_ONLY })])
    expect(app).toMatchObject({ default: 'opencode' })
    const [all] = exporter('cc-switch').fields([relay])
    expect(all).toMatchObject({ default: 'claude' })
    const choices = all?.type === 'select' ? all.choices : []
    expect(choices.filter(({ newer }) => !newer).map(({ value }) => value)).toEqual([
      'claude',
      'codex',
      'gemini',
    ])
  })

  it('switch to the provider only when asked, and ask for tiers only for Claude', () => {
    expect(linksOf('cc-switch', [relay])[0]).not.toContain('enabled')
    const [asked] = linksOf('cc-switch', [relay], { enabled: true, app: 'codex', opusModel: 'x' })
    expect(ccSwitchReads(asked!)).toMatchObject({ enabled: 'true' })
    expect(asked).not.toContain('opusModel')
  })

  it('drop the notes when they would be too long, and warn when that is not enough', () => {
    const notes = 'n'.repeat(2000)
    const built = build('cc-switch', [recordOf({ notes })])
    expect(built).toMatchObject({ links: [{ warnings: [], opens: 'ccswitch:' }] })
    expect(linksOf('cc-switch', [recordOf({ notes })])[0]).not.toContain('notes')
    expect(linksOf('cc-switch', [recordOf({ notes: 'short' })])[0]).toContain('notes=short')
    const long = build('cc-switch', [recordOf({ siteName: '名'.repeat(300) })])
    expect(long).toMatchObject({ links: [{ warnings: ['too-long'] }] })
  })
})

describe('links of Claude Code Router', () => {
  it('are those of the contract', () => {
    expect(
      linksOf('claude-code-router-link', [relay], { models: ['gpt-5.2', 'gpt-5.2-mini'] }),
    ).toEqual([
      'ccr://provider?name=Example+Relay&base_url=https%3A%2F%2Frelay.example.com%2Fv1&api_key=sk-EXAMPLE&protocol=openai_chat_completions&models=gpt-5.2%2Cgpt-5.2-mini',
    ])
  })

  it('bring names and models through its reader, within its limits', () => {
    const usable = models.filter((all) => !all.some((model) => model.includes(',')))
    fc.assert(
      fc.property(someRecords, usable, (records, chosen) => {
        const links = linksOf('claude-code-router-link', records, { models: chosen })
        const read = links.map(claudeCodeRouterReads)
        expect(read.map((one) => 'api_key' in one && one.api_key)).toEqual(
          records.map(({ key }) => key),
        )
        for (const one of read) expect(one.models).toEqual(chosen)
      }),
    )
  })

  it.each([
    [{ models: Array.from({ length: 301 }, (_, index) => `m${index}`) }, 'models', 'too-many'],
    [{ models: ['m'.repeat(257)] }, 'models', 'too-long'],
    [{ models: ['a,b'] }, 'models', 'comma'],
  ])('are refused over a limit', (options, field, reason) => {
    const problems = exporter('claude-code-router-link').problems([relay], options)
    expect(problems).toContainEqual({ field, reason })
  })

  it('are refused for keys and addresses over the limits', () => {
    const problemsOf = (changes: object) =>
      exporter('claude-code-router-link').problems([recordOf(changes)])
    expect(problemsOf({ key: 'k'.repeat(8193) })).toEqual([{ field: 'key', reason: 'too-long' }])
    expect(problemsOf({ baseUrl: `https://a.example/${'p'.repeat(2048)}` })).toEqual([
      { field: 'baseUrl', reason: 'too-long' },
    ])
  })
})

describe('text for Kelivo', () => {
  it('is that of the contract', () => {
    expect(textOf('kelivo', [relay])).toBe(
      'ai-provider:v1:eyJ0eXBlIjoib3BlbmFpIiwibmFtZSI6IkV4YW1wbGUgUmVsYXkiLCJhcGlLZXkiOiJzay1FWEFNUExFIiwiYmFzZVVybCI6Imh0dHBzOi8vcmVsYXkuZXhhbXBsZS5jb20vdjEifQ==',
    )
  })

  it('brings every key on a line of its own through its reader', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const read = kelivoReads(textOf('kelivo', records, { apiType: 'anthropic' }))
        expect(read).toEqual(
          records.map(({ key, siteName, endpoints }) => ({
            type: 'claude',
            name: records.length === 1 ? siteName : (expect.any(String) as string),
            apiKey: key,
            baseUrl: `https://relay.example.com${endpoints.anthropic ?? ''}/v1`,
          })),
        )
      }),
    )
  })

  it('is not offered for Google', () => {
    const [apiType] = exporter('kelivo').fields([recordOf({ apiType: 'google' })])
    const choices = apiType?.type === 'apiType' ? apiType.choices : []
    expect(choices.map(({ value }) => value)).toEqual(['openai-compatible', 'anthropic'])
    expect(() => build('kelivo', [relay], { apiType: 'google' })).toThrow('input/not-a-choice')
  })
})
