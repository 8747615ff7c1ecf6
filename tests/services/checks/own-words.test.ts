import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { holdsKey, ownWords } from '@/src/services/checks/own-words'

import { KEY } from './bench'

const hex = (text: string) => Buffer.from(text).toString('hex')
const each = (text: string, form: (code: string) => string) =>
  Array.from(text, (char) => form(hex(char))).join('')

const WRITINGS: Record<string, (key: string) => string> = {
  plain: (key) => key,
  'without prefix': (key) => key.replace(/^sk-/, ''),
  bearer: (key) => `Bearer ${key}`,
  capitals: (key) => key.toUpperCase(),
  percent: (key) => encodeURIComponent(key),
  'percent, every sign': (key) => each(key, (code) => `%${code}`),
  'percent, twice': (key) => each(key, (code) => `%25${code}`),
  base64: (key) => Buffer.from(key).toString('base64'),
  base64url: (key) => Buffer.from(key).toString('base64url'),
  'base64, inside of more': (key) => Buffer.from(`x: ${key};y`).toString('base64'),
  'base64, twice': (key) => Buffer.from(Buffer.from(key).toString('base64')).toString('base64'),
  hex,
  'hex with colons': (key) => each(key, (code) => `${code}:`),
  'JavaScript escapes': (key) => each(key, (code) => `\\u00${code}`),
  'x escapes': (key) => each(key, (code) => `\\x${code}`),
  'HTML entities': (key) => each(key, (code) => `&#x${code};`),
  spaced: (key) => Array.from(key).join(' '),
  dashed: (key) => Array.from(key).join('-'),
  backwards: (key) => Array.from(key).reverse().join(''),
  address: (key) => `https://u:${key}@relay.example.com/x?key=${key}#${key}`,
  header: (key) => `x-api-key: ${key}`,
}

/** Whether a whole key or most of it can be read in a text by a person with tools. */
function leaks(text: string, key: string): boolean {
  const core = key.replace(/^sk-/, '')
  const bare = text.replace(/[^a-zA-Z0-9]/g, '').toLowerCase()
  return bare.includes(core.toLowerCase().slice(0, 12)) || holdsKey(text, key)
}

describe('words of a server', () => {
  test.each(Object.keys(WRITINGS))('hold no key: %s', (name) => {
    const shown = ownWords(`Invalid token ${WRITINGS[name]!(KEY)} given`, KEY)
    expect(leaks(shown, KEY)).toBe(false)
    expect(shown.length).toBeLessThanOrEqual(240)
  })

  test('hold no key of any form in any writing', () => {
    const key = fc.oneof(
      fc.stringMatching(/^sk-[A-Za-z0-9]{10,48}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{16,40}$/),
      fc.stringMatching(/^AIza[A-Za-z0-9_-]{35}$/),
    )
    const words = fc.stringMatching(/^[a-z :.]{0,60}$/)
    const writing = fc.constantFrom(...Object.values(WRITINGS))
    fc.assert(
      fc.property(key, words, words, writing, (secret, before, after, write) => {
        const shown = ownWords(`${before} ${write(secret)} ${after}`, secret)
        return !leaks(shown, secret)
      }),
      { numRuns: 500 },
    )
  })

  test('stay readable', () => {
    expect(ownWords('401 Incorrect API key: sk-EXAMPLE1234567', 'sk-EXAMPLE1234567')).toBe(
      '401 Incorrect API key: […]',
    )
    const url = '(see https://u:p@relay.example.com/x?key=sk-EXAMPLE1234567)'
    expect(ownWords(url, 'sk-EXAMPLE1234567')).not.toContain('EXAMPLE1234567')
    expect(ownWords('The model does not exist', KEY)).toBe('The model does not exist')
  })
})
