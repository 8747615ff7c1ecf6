import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseCsv } from './parsers/csv'
import { build, exporter, HUB, models, NOW, recordOf, someRecords, textOf } from './records'

const relay = recordOf()
const json = (text: string) => JSON.parse(text) as Record<string, unknown>

interface KiloProvider {
  name: string
  options: { apiKey: string; baseURL: string }
  models: Record<string, { name: string }>
}

const kiloProviders = (text: string) =>
  Object.entries(json(text)['provider'] as Record<string, KiloProvider>)

describe('the settings file of Kilo Code 7', () => {
  const chosen = { models: ['gpt-5.2', 'claude-sonnet-4-5', ' gpt-5.2 '] }

  it('is that of the contract', () => {
    const built = build('kilo', [relay], { ...chosen, defaultModel: 'gpt-5.2' })
    expect(built).toMatchObject({ name: 'kilo-settings.json', mime: 'application/json' })
    const text = textOf('kilo', [relay], { ...chosen, defaultModel: 'gpt-5.2' })
    expect(json(text)).toEqual({
      _meta: { version: 1, exportedAt: '2026-08-20T10:00:00.000Z' },
      provider: {
        'example-relay-default-f2f59951': {
          name: 'Example Relay - default',
          npm: '@ai-sdk/openai-compatible',
          models: {
            'gpt-5.2': { name: 'gpt-5.2' },
            'claude-sonnet-4-5': { name: 'claude-sonnet-4-5' },
          },
          options: { apiKey: 'sk-EXAMPLE', baseURL: 'https://relay.example.com/v1' },
        },
      },
      model: 'example-relay-default-f2f59951/gpt-5.2',
    })
  })

  it('leaves the default model of the user alone unless asked', () => {
    expect(json(textOf('kilo', [relay], chosen))).not.toHaveProperty('model')
    expect(exporter('kilo').problems([relay], { ...chosen, defaultModel: 'other' })).toEqual([
      { field: 'defaultModel', reason: 'not-in-models' },
    ])
  })

  it('updates the same entry after a rotation, and holds nothing but known parts', () => {
    const before = kiloProviders(textOf('kilo', [relay], chosen))
    const after = kiloProviders(textOf('kilo', [recordOf({ key: 'sk-NEW' })], chosen))
    expect(after[0]![0]).toBe(before[0]![0])
    expect(Object.keys(json(textOf('kilo', [relay], chosen)))).toEqual(['_meta', 'provider'])
  })

  it('holds every key once, under an id and a name the program takes', () => {
    fc.assert(
      fc.property(someRecords, models, (records, all) => {
        const read = kiloProviders(textOf('kilo', records, { models: all }))
        const byKey = (keys: string[]) => [...keys].sort()
        expect(byKey(read.map(([, { options }]) => options.apiKey))).toEqual(
          byKey(records.map(({ key }) => key)),
        )
        for (const [id, provider] of read) {
          expect(id).toMatch(/^[a-z0-9][a-z0-9-_]*$/)
          expect(provider.name.length).toBeGreaterThan(0)
          expect(provider.name.length).toBeLessThanOrEqual(200)
          expect(new Set(Object.keys(provider.models))).toEqual(new Set(all))
        }
        expect(new Set(read.map(([, { name }]) => name)).size).toBe(records.length)
      }),
    )
  })

  it('tells equal names apart by host and number', () => {
    const twin = (keyId: string, baseUrl: string) =>
      recordOf({ source: { kind: 'key', accountId: 'acc-1', keyId }, baseUrl })
    const records = [
      twin('1', 'https://a.example'),
      twin('2', 'https://b.example'),
      twin('3', 'https://b.example'),
    ]
    const read = kiloProviders(textOf('kilo', records, chosen))
    expect(read.map(([, { name }]) => name)).toEqual([
      'Example Relay - default',
      'Example Relay - default (b.example)',
      'Example Relay - default (b.example) #2',
    ])
  })

  it('is refused when the program would find it too large', () => {
    const many = Array.from({ length: 8000 }, (_, index) => `${'m'.repeat(90)}${index}`)
    expect(exporter('kilo').problems([relay], { models: many })).toEqual([
      { field: 'models', reason: 'too-many' },
    ])
    expect(exporter('kilo').problems([relay], { models: ['m'.repeat(201)] })).toEqual([
      { field: 'models', reason: 'too-long' },
    ])
  })
})

describe('the settings file of Roo Code and Kilo Code 5', () => {
  it('is that of the contract', () => {
    expect(json(textOf('roo', [relay], { model: 'gpt-5.2' }))).toEqual({
      providerProfiles: {
        currentApiConfigName: 'Example Relay - default',
        apiConfigs: {
          'Example Relay - default': {
            id: 'f2f59951',
            apiProvider: 'openai',
            openAiBaseUrl: 'https://relay.example.com/v1',
            openAiApiKey: 'sk-EXAMPLE',
            openAiModelId: 'gpt-5.2',
          },
        },
      },
    })
  })

  it('uses OpenAI chat whatever the key is used as, and says what it switches', () => {
    const record = recordOf({ apiType: 'anthropic' })
    expect(textOf('roo', [record])).toContain('"openAiApiKey"')
    expect(exporter('roo').notes([record])).toEqual(['switches-profile'])
    const kept = json(textOf('roo', [record], { activeProfile: 'mine' }))
    expect(kept).toMatchObject({ providerProfiles: { currentApiConfigName: 'mine' } })
    expect(build('roo', [record], { fileName: 'kilo-code-settings.json' })).toMatchObject({
      name: 'kilo-code-settings.json',
    })
  })

  it('holds a profile for each key', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const { providerProfiles } = json(textOf('roo', records)) as unknown as {
          providerProfiles: {
            currentApiConfigName: string
            apiConfigs: Record<string, { openAiApiKey: string }>
          }
        }
        const profiles = Object.entries(providerProfiles.apiConfigs)
        expect(profiles.map(([, { openAiApiKey }]) => openAiApiKey).sort()).toEqual(
          records.map(({ key }) => key).sort(),
        )
        expect(profiles.map(([name]) => name)).toContain(providerProfiles.currentApiConfigName)
      }),
    )
  })
})

describe('text to paste', () => {
  it('for Cursor++ is elements of its list', () => {
    fc.assert(
      fc.property(someRecords, models, (records, all) => {
        const text = textOf('cursor-plus', records, { models: all, apiType: 'openai' })
        const elements = JSON.parse(`[${text}]`) as Record<string, unknown>[]
        expect(elements).toEqual(
          records.map(({ key }) => ({
            id: expect.stringMatching(/-[0-9a-f]{8}$/) as string,
            name: expect.any(String) as string,
            type: 'openai-responses',
            baseUrl: 'https://relay.example.com/v1',
            auth: { kind: 'apiKey', value: key },
            models: all.map((id) => ({ id, apiModel: id, defaultOn: true })),
          })),
        )
      }),
    )
  })

  it('for Claude Code Router 1 and 2 is providers, and a route only when asked', () => {
    const chosen = { models: ['gpt-5.2', 'claude-sonnet-4-5'], setDefault: true }
    const text = textOf('claude-code-router-config', [relay], chosen, 'config')
    expect(json(text)).toEqual({
      Providers: [
        {
          name: 'example-relay',
          api_base_url: 'https://relay.example.com/v1/chat/completions',
          api_key: 'sk-EXAMPLE',
          models: ['gpt-5.2', 'claude-sonnet-4-5'],
        },
      ],
      Router: { default: 'example-relay,gpt-5.2' },
    })
    fc.assert(
      fc.property(someRecords, (records) => {
        const read = json(textOf('claude-code-router-config', records, {}, 'config'))
        const providers = read['Providers'] as { name: string; api_key: string }[]
        expect(providers.map(({ api_key }) => api_key)).toEqual(records.map(({ key }) => key))
        expect(new Set(providers.map(({ name }) => name)).size).toBe(records.length)
        expect(providers.filter(({ name }) => name.includes(','))).toEqual([])
        expect(read).not.toHaveProperty('Router')
      }),
    )
    expect(exporter('claude-code-router-config').problems([recordOf({ key: 'sk-$HOME' })])).toEqual(
      [{ field: 'key', reason: 'unusable' }],
    )
  })

  it('for the channel form of a New API is that of the contract', () => {
    expect(textOf('new-api-channel', [relay])).toBe(
      '{"_type":"newapi_channel_conn","key":"sk-EXAMPLE","url":"https://relay.example.com"}',
    )
  })

  it('for OpenCode is that of the contract', () => {
    expect(json(textOf('open-code', [relay], { models: ['gpt-5.2'] }, 'config'))).toEqual({
      provider: {
        'example-relay': {
          npm: '@ai-sdk/openai-compatible',
          name: 'Example Relay',
          options: { baseURL: 'https://relay.example.com/v1', apiKey: 'sk-EXAMPLE' },
          models: { 'gpt-5.2': { name: 'gpt-5.2' } },
        },
      },
    })
    fc.assert(
      fc.property(someRecords, (records) => {
        const read = kiloProviders(textOf('open-code', records, {}, 'config'))
        expect(read.map(([, { options }]) => options.apiKey).sort()).toEqual(
          records.map(({ key }) => key).sort(),
        )
      }),
    )
  })

  it('for Cline is its four values', () => {
    expect(build('cline', [relay], { model: 'gpt-5.2' })).toMatchObject({
      snippets: [
        { text: 'OpenAI Compatible' },
        { text: 'https://relay.example.com/v1' },
        { text: 'sk-EXAMPLE' },
        { text: 'gpt-5.2' },
      ],
    })
  })
})

describe('lists', () => {
  it('as JSON say where each protocol is', () => {
    const hub = recordOf({ endpoints: HUB, notes: 'mine' })
    expect(json(textOf('json', [hub]))).toEqual({
      format: 'relay-keys',
      version: 1,
      exportedAt: '2026-08-20T10:00:00Z',
      providers: [
        {
          name: 'Example Relay - default',
          protocols: ['openai', 'responses', 'anthropic', 'gemini'],
          baseUrl: 'https://relay.example.com',
          openaiBaseUrl: 'https://relay.example.com/v1',
          anthropicBaseUrl: 'https://relay.example.com/claude',
          geminiBaseUrl: 'https://relay.example.com/gemini',
          apiKey: 'sk-EXAMPLE',
          models: ['gpt-5.2', 'claude-sonnet-4-5'],
          note: 'mine',
        },
      ],
    })
    expect(textOf('json', [relay])).not.toContain('anthropicBaseUrl')
  })

  it('as CSV come back whole, and hold no formula', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const [header, ...rows] = parseCsv(textOf('csv', records))
        expect(header).toEqual(['name', 'base_url', 'key', 'models'])
        expect(rows.map((row) => row[2])).toEqual(records.map(({ key }) => key))
        const first = `${records[0]!.siteName} - ${records[0]!.keyName}`
        expect([first, `'${first}`]).toContain(rows[0]![0])
        for (const field of rows.flat()) expect(field).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
    const formula = recordOf({ siteName: '=HYPERLINK("x")' })
    expect(parseCsv(textOf('csv', [formula]))[1]![0]).toBe(`'=HYPERLINK("x") - default`)
  })

  it('as plain text are one key on each line, each key once', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const twice = [...records, ...records]
        expect(textOf('plain', twice).split('\n')).toEqual(records.map(({ key }) => key))
      }),
    )
    expect(build('json', [relay])).toEqual(exporter('json').build([relay], {}, NOW))
  })
})
