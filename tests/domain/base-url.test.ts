import { describe, expect, test } from 'vitest'

import { normaliseBaseUrl, rootOf, withSuffix, withVersion } from '@/src/domain/base-url'
import type { ApiType } from '@/src/domain/chat-endpoints'

describe('the base address of an API', () => {
  test.each<[string, string, ApiType?]>([
    // The table of features/accounts-and-keys.md 7.8.
    ['api.x.com', 'https://api.x.com'],
    ['https://x.com/v1/', 'https://x.com'],
    ['https://x.com/a/v1/chat/completions?k=1', 'https://x.com/a'],
    ['https://g.com/v1beta/models', 'https://g.com', 'google'],
    ['https://x.com/v1/proxy/v1', 'https://x.com/v1/proxy'],
    // The rest of 7.2.
    [' "https://x.com/v1", ', 'https://x.com'],
    ['（https://x.com/api）。', 'https://x.com/api'],
    ['http://x.com:8080/', 'http://x.com:8080'],
    ['localhost:3000/v1', 'https://localhost:3000'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080'],
    ['https://me:secret@x.com/a?key=secret#secret', 'https://x.com/a'],
    ['https://X.com/Api//', 'https://x.com/Api'],
    ['https://x.com//v1', 'https://x.com'],
    ['https://x.com/v10/a', 'https://x.com/v10/a'],
    ['https://x.com/v1beta/models', 'https://x.com/v1beta/models'],
    ['https://g.com/v1/models', 'https://g.com/v1/models', 'google'],
    ['https://x.com/claude/v1', 'https://x.com/claude', 'anthropic'],
  ])('%s is %s', (text, address, apiType = 'openai-compatible') => {
    expect(normaliseBaseUrl(text, apiType)).toEqual({ ok: true, value: address })
  })

  test.each([
    ['', 'required'],
    [' " ', 'required'],
    ['ftp://x.com', 'not-a-web-address'],
    ['javascript:alert(1)', 'not-a-web-address'],
    ['file:///etc/passwd', 'not-a-web-address'],
    ['two words', 'not-a-web-address'],
    ['https://', 'not-a-web-address'],
  ])('%s is refused as %s', (text, reason) => {
    expect(normaliseBaseUrl(text, 'openai')).toEqual({
      ok: false,
      failure: { class: 'input', reason, field: 'baseUrl' },
    })
  })
})

describe('forms of an address that targets want', () => {
  test.each([
    ['https://a.b', 'https://a.b/v1'],
    ['https://a.b/', 'https://a.b/v1'],
    ['https://a.b/v1/', 'https://a.b/v1'],
    ['https://a.b/api', 'https://a.b/api/v1'],
    ['https://a.b//v1', 'https://a.b/v1'],
    ['a.b', 'https://a.b/v1'],
  ])('%s with the suffix is %s', (address, suffixed) => {
    expect(withSuffix(address, '/v1')).toBe(suffixed)
  })

  test('a version that is there already stays the only one', () => {
    expect(withVersion('https://a.b/api/v3/', '/v1')).toBe('https://a.b/api/v3')
    expect(withVersion('https://a.b/v1beta2', '/v1')).toBe('https://a.b/v1beta2')
    expect(withVersion('https://a.b/api', '/v1')).toBe('https://a.b/api/v1')
  })

  test.each([
    ['https://a.b/v1', 'https://a.b'],
    ['https://a.b/v1beta/', 'https://a.b'],
    ['https://a.b/v3?x=1#y', 'https://a.b'],
    ['https://a.b/claude/', 'https://a.b/claude'],
    ['https://a.b/v1/proxy', 'https://a.b/v1/proxy'],
    ['a.b/api/v1', 'https://a.b/api'],
  ])('the root of %s is %s', (address, root) => {
    expect(rootOf(address)).toBe(root)
  })

  test('what is no web address has neither', () => {
    expect(() => rootOf('ftp://a.b')).toThrow('input/not-a-web-address')
    expect(() => withSuffix('mailto://a.b', '/v1')).toThrow('input/not-a-web-address')
  })
})
