import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cherryStudioReads, formQuery, utf8FromBase64 } from './parsers/links'
import { build, exporter, linksOf, oneRecord, recordOf } from './records'

const relay = recordOf()
const filled = (template: string, record = relay) => linksOf('chat-link', [record], { template })[0]
const problemsOf = (template: string, record = relay) =>
  exporter('chat-link')
    .problems([record], { template })
    .map(({ reason }) => reason)

describe('chat links of a site', () => {
  it.each([
    [
      'opencat://team/join?domain={address}&token={key}',
      'opencat://team/join?domain=https%3A%2F%2Frelay.example.com&token=sk-EXAMPLE',
    ],
    [
      'ama://set-api-key?server={address}&key={key}',
      'ama://set-api-key?server=https%3A%2F%2Frelay.example.com&key=sk-EXAMPLE',
    ],
    [
      'aionui://provider/add?v=1&data={aionuiConfig}',
      'aionui://provider/add?v=1&data=eyJwbGF0Zm9ybSI6Im5ldy1hcGkiLCJiYXNlVXJsIjoiaHR0cHM6Ly9yZWxheS5leGFtcGxlLmNvbSIsImFwaUtleSI6InNrLUVYQU1QTEUifQ%3D%3D',
    ],
    [
      'deepchat://provider/install?v=1&data={deepchatConfig}',
      'deepchat://provider/install?v=1&data=eyJpZCI6Im5ldy1hcGkiLCJiYXNlVXJsIjoiaHR0cHM6Ly9yZWxheS5leGFtcGxlLmNvbSIsImFwaUtleSI6InNrLUVYQU1QTEUifQ%3D%3D',
    ],
  ])('fill the template %s as the contract says', (template, expected) => {
    expect(filled(template)).toBe(expected)
  })

  it('fill settings that a page reads from its hash or its query', () => {
    const hash = filled('https://app.nextchat.dev/#/?settings={"key":"{key}","url":"{address}"}')
    const settings = JSON.parse(formQuery(hash!)['settings']!) as unknown
    expect(settings).toEqual({ key: 'sk-EXAMPLE', url: 'https://relay.example.com' })
    const hub = filled('https://chat.example.net/?settings={"key":"{key}","url":"{server}"}')
    expect(JSON.parse(formQuery(hub!)['settings']!)).toEqual(settings)
  })

  it('leave address and key alone where a whole configuration is asked for', () => {
    const link = filled('cherrystudio://providers/api-keys?v=1&data={cherryConfig}')
    const provider = { baseUrl: 'https://relay.example.com', apiKey: 'sk-EXAMPLE' }
    expect(cherryStudioReads(link!)).toMatchObject(provider)
    expect(filled('deepchat://x?data={deepchatConfig}&k={key}')).toContain('&k={key}')
  })

  it('fill the base64 wrapper of One Hub, undoing percent signs within', () => {
    const inner = '%7B"id":"relay","baseUrl":"{server}","apiKey":"{key}"}'
    const link = filled(`cherrystudio://providers/api-keys?v=1&data=base64<[${inner}]>`)
    const data = utf8FromBase64(formQuery(link!)['data']!)
    expect(JSON.parse(data)).toEqual({
      id: 'relay',
      baseUrl: 'https://relay.example.com',
      apiKey: 'sk-EXAMPLE',
    })
  })

  it.each([
    ['javascript:alert("{key}")', 'scheme'],
    ['java\nscript:alert("{key}")', 'scheme'],
    [' \u0001javascript:alert("{key}")', 'scheme'],
    ['data:text/html,{key}', 'scheme'],
    ['file:///tmp/{key}', 'scheme'],
    ['http://chat.example.net/#{key}', 'scheme'],
    ['intent://x/{key}', 'scheme'],
    ['vbscript:{key}', 'scheme'],
    ['{key}://x', 'scheme'],
    ['fluent', 'bad-template'],
    ['/relative?key={key}', 'bad-template'],
    ['https://good.example@evil.example/?k={key}', 'bad-template'],
    ['https://chat.example.net/', 'no-placeholder'],
    ['https://{key}.evil.example/', 'key-in-host'],
    ['ama://base64<[%zz{key}]>', 'bad-template'],
  ])('refuse the template %j', (template, reason) => {
    expect(problemsOf(template)).toEqual([reason])
    expect(() => filled(template)).toThrow('input/')
  })

  it('fill no template beyond the list, whatever it looks like', () => {
    const scheme = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9+.-]{0,12}$/)
    fc.assert(
      fc.property(scheme, fc.string(), (name, rest) => {
        const template = `${name}:${rest}{key}`
        if (problemsOf(template).length > 0) return
        expect(new URL(filled(template)!).protocol).toMatch(
          /^(?:https|cherrystudio|ccswitch|aionui|deepchat|opencat|ama|lobechat):$/,
        )
      }),
      {
        examples: [
          ['https', '//x/'],
          ['JavaScript', ''],
        ],
      },
    )
  })

  it('say where the key goes and whether that server sees it', () => {
    const told = (template: string) => build('chat-link', [relay], { template })
    expect(told('https://chat.example.net/?k={key}')).toMatchObject({
      links: [{ opens: 'chat.example.net', warnings: ['key-in-query', 'in-history'] }],
    })
    expect(told('https://chat.example.net/?k=base64<[{key}]>')).toMatchObject({
      links: [{ warnings: ['key-in-query', 'in-history'] }],
    })
    expect(told('https://chat.example.net/#/?k={key}')).toMatchObject({
      links: [{ warnings: ['in-history'] }],
    })
    expect(told('opencat://team/join?token={key}')).toMatchObject({
      links: [{ opens: 'opencat:', warnings: [] }],
    })
  })
})

describe('links to chat pages', () => {
  it('of NextChat are those of the contract', () => {
    expect(linksOf('next-chat', [relay])).toEqual([
      'https://app.nextchat.dev/#/?settings=%7B%22key%22%3A%22sk-EXAMPLE%22%2C%22url%22%3A%22https%3A%2F%2Frelay.example.com%22%7D',
    ])
  })

  it('of LobeChat lead to the host of the user and warn about it', () => {
    fc.assert(
      fc.property(oneRecord, (record) => {
        const built = build('lobe-chat', [record], { host: 'chat.example.net/lobe/' })
        expect(built).toMatchObject({
          links: [{ opens: 'chat.example.net', warnings: ['key-in-query', 'in-history'] }],
        })
        const [link] = linksOf('lobe-chat', [record], { host: 'chat.example.net/lobe/' })
        expect(link).toMatch(/^https:\/\/chat\.example\.net\/lobe\/\?settings=/)
        expect(JSON.parse(formQuery(link!)['settings']!)).toEqual({
          keyVaults: {
            openai: { apiKey: record.key, baseURL: 'https://relay.example.com/v1' },
          },
        })
      }),
    )
  })

  it.each([
    'http://chat.example.net',
    'javascript:alert(1)',
    'https://u:p@x.example',
    'a b',
    'x?y',
  ])('are refused for the host %s', (host) => {
    expect(exporter('next-chat').problems([relay], { host })).toEqual([
      { field: 'host', reason: 'not-a-web-address' },
    ])
  })

  it('may lead to this computer without encryption', () => {
    expect(linksOf('next-chat', [relay], { host: 'http://localhost:3000' })[0]).toMatch(
      /^http:\/\/localhost:3000\/#\//,
    )
  })
})
