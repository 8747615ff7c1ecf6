import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { posixWords, variablesOf } from './parsers/shells'
import { parseToml } from './parsers/toml'
import { build, exporter, HUB, keys, models, oneRecord, recordOf, textOf } from './records'

const relay = recordOf()
const shells = fc.constantFrom('posix', 'powershell', 'cmd', 'dotenv')
const withoutControls = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]/gu, '')

describe('environment of Claude Code', () => {
  it('is that of the contract', () => {
    const options = { model: 'claude-sonnet-4-5' }
    expect(textOf('claude-code', [relay], options, 'environment')).toBe(
      [
        `export ANTHROPIC_BASE_URL='https://relay.example.com'`,
        `export ANTHROPIC_AUTH_TOKEN='sk-EXAMPLE'`,
        `export ANTHROPIC_MODEL='claude-sonnet-4-5'`,
      ].join('\n'),
    )
    expect(JSON.parse(textOf('claude-code', [relay], options, 'settings'))).toEqual({
      env: {
        ANTHROPIC_BASE_URL: 'https://relay.example.com',
        ANTHROPIC_AUTH_TOKEN: 'sk-EXAMPLE',
        ANTHROPIC_MODEL: 'claude-sonnet-4-5',
      },
    })
  })

  it('has one variable for the key, and the tiers that are chosen', () => {
    const options = { keyVariable: 'ANTHROPIC_API_KEY', opusModel: 'claude-opus-4-5' }
    expect(variablesOf('posix', textOf('claude-code', [relay], options, 'environment'))).toEqual({
      ANTHROPIC_BASE_URL: 'https://relay.example.com',
      ANTHROPIC_API_KEY: 'sk-EXAMPLE',
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'claude-opus-4-5',
    })
  })

  it('means the same in every shell that can say it, and is refused where none can', () => {
    const value = fc.oneof(
      models.map(([first = '']) => first),
      keys,
    )
    fc.assert(
      fc.property(shells, keys, value, (shell, key, model) => {
        const [options, record] = [{ shell, model }, recordOf({ key })]
        if (exporter('claude-code').problems([record], options).length > 0) {
          const unwritable = shell === 'cmd' ? /["%]/ : /'.*["\\$`]|["\\$`].*'/s
          expect([key, model].some((one) => unwritable.test(one))).toBe(true)
          return
        }
        const block = textOf('claude-code', [record], options, 'environment')
        const read = variablesOf(shell, block)
        expect(read['ANTHROPIC_AUTH_TOKEN']).toBe(key)
        const expected = withoutControls(model)
        expect(read['ANTHROPIC_MODEL'] ?? '').toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('doubles every mark PowerShell takes for a quote', () => {
    const options = { shell: 'powershell', model: `a'b’c; rm` }
    expect(textOf('claude-code', [relay], options, 'environment')).toContain(
      `$env:ANTHROPIC_MODEL = 'a''b’’c; rm'`,
    )
  })
})

describe('configuration of Codex', () => {
  it('is that of the contract', () => {
    const options = { model: 'gpt-5.2-codex' }
    expect(textOf('codex', [relay], options, 'config')).toBe(
      `model_provider = "example_relay"
model = "gpt-5.2-codex"
disable_response_storage = true

[model_providers.example_relay]
name = "Example Relay"
base_url = "https://relay.example.com/v1"
wire_api = "responses"
env_key = "EXAMPLE_RELAY_API_KEY"`,
    )
    expect(textOf('codex', [relay], options, 'environment')).toBe(
      `export EXAMPLE_RELAY_API_KEY='sk-EXAMPLE'`,
    )
  })

  it('can have the key in the login file', () => {
    const options = { keyIn: 'auth.json' }
    expect(textOf('codex', [relay], options, 'config')).toContain('requires_openai_auth = true')
    expect(JSON.parse(textOf('codex', [relay], options, 'auth'))).toEqual({
      OPENAI_API_KEY: 'sk-EXAMPLE',
    })
  })

  it('brings every name through TOML, and names a variable that can exist', () => {
    fc.assert(
      fc.property(oneRecord, (record) => {
        const { model_provider, model_providers } = parseToml(
          textOf('codex', [record], {}, 'config'),
        ) as { model_provider: string; model_providers: Record<string, { env_key: string }> }
        expect(['openai', 'ollama']).not.toContain(model_provider)
        const provider = model_providers[model_provider]
        expect(provider).toMatchObject({ name: record.siteName, wire_api: 'responses' })
        const block = textOf('codex', [record], {}, 'environment')
        expect(variablesOf('posix', block)).toEqual({ [provider!.env_key]: record.key })
      }),
    )
  })

  it.each([
    ['OpenAI', 'openai_relay'],
    ['中转', 'relay_example_com'],
    ['302.AI', '302_ai'],
  ])('names the provider of %s by an id of its own', (siteName, id) => {
    const text = textOf('codex', [recordOf({ siteName })], {}, 'config')
    expect(parseToml(text)['model_provider']).toBe(id)
  })
})

describe('other programs', () => {
  it('of Gemini have three variables and their files', () => {
    const record = recordOf({ endpoints: HUB })
    const options = { shell: 'cmd', model: 'gemini-3-pro-preview' }
    const expected = {
      GEMINI_API_KEY: 'sk-EXAMPLE',
      GOOGLE_GEMINI_BASE_URL: 'https://relay.example.com/gemini',
      GEMINI_MODEL: 'gemini-3-pro-preview',
    }
    const text = (snippet: string) => textOf('gemini-cli', [record], options, snippet)
    expect(variablesOf('cmd', text('environment'))).toEqual(expected)
    expect(variablesOf('dotenv', text('variables'))).toEqual(expected)
    expect(JSON.parse(text('settings'))).toEqual({
      security: { auth: { selectedType: 'gemini-api-key' } },
    })
  })

  it('of OpenAI libraries have two variables', () => {
    const block = textOf('openai-variables', [relay], { shell: 'dotenv' }, 'environment')
    expect(block).toBe('OPENAI_BASE_URL=https://relay.example.com/v1\nOPENAI_API_KEY=sk-EXAMPLE')
  })
})

describe('requests for curl', () => {
  const call = (apiType: string, model: string) =>
    textOf('curl', [relay], { apiType, model }, 'request')

  it('are those of the contract', () => {
    expect(textOf('curl', [relay], {}, 'models')).toBe(
      `curl -sS 'https://relay.example.com/v1/models' -H 'Authorization: Bearer sk-EXAMPLE'`,
    )
    expect(call('openai-compatible', 'gpt-5.2')).toBe(
      `curl -sS 'https://relay.example.com/v1/chat/completions' -H 'Authorization: Bearer sk-EXAMPLE' -H 'Content-Type: application/json' -d '{"model":"gpt-5.2","messages":[{"role":"user","content":"Hi"}]}'`,
    )
    expect(call('openai', 'gpt-5.2')).toBe(
      `curl -sS 'https://relay.example.com/v1/responses' -H 'Authorization: Bearer sk-EXAMPLE' -H 'Content-Type: application/json' -d '{"model":"gpt-5.2","input":"Hi"}'`,
    )
    expect(call('anthropic', 'claude-sonnet-4-5')).toBe(
      `curl -sS 'https://relay.example.com/v1/messages' -H 'x-api-key: sk-EXAMPLE' -H 'anthropic-version: 2023-06-01' -H 'Content-Type: application/json' -d '{"model":"claude-sonnet-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}'`,
    )
    expect(call('google', 'gemini-3-pro-preview')).toBe(
      `curl -sS 'https://relay.example.com/v1beta/models/gemini-3-pro-preview:generateContent' -H 'x-goog-api-key: sk-EXAMPLE' -H 'Content-Type: application/json' -d '{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}'`,
    )
  })

  it('are words of a shell whatever the model and the key', () => {
    fc.assert(
      fc.property(keys, models, fc.boolean(), (key, [model = ''], placeholder) => {
        const options = { model, placeholder, apiType: 'anthropic' }
        const text = textOf('curl', [recordOf({ key })], options, 'request')
        const words = posixWords(text, { API_KEY: key })
        expect(words.slice(0, 3)).toEqual(['curl', '-sS', 'https://relay.example.com/v1/messages'])
        expect(words).toContain(`x-api-key: ${key}`)
        expect(JSON.parse(words.at(-1)!)).toMatchObject({ model })
      }),
    )
  })

  it('leave the key out of the history of the shell when asked', () => {
    fc.assert(
      fc.property(oneRecord, (record) => {
        const built = build('curl', [record], { placeholder: true, model: 'm' })
        expect(JSON.stringify(built)).not.toContain(record.key)
      }),
    )
  })
})
