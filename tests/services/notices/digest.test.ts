import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { CheckInCounts, NewsAccount } from '@/src/domain/news'
import { LANGUAGES } from '@/src/domain/settings'
import { digestOf, sampleNotice } from '@/src/services/notices/digest'

const account = (name: string): NewsAccount => ({
  id: 'acc',
  name,
  origin: 'https://relay.example:8443',
})
const ended = (...names: string[]) =>
  digestOf([{ event: 'login-expired', accounts: names.map(account) }], 'en')
const counts = (some: Partial<CheckInCounts>): CheckInCounts => ({
  done: 0,
  earlier: 0,
  notDone: 0,
  needsYou: 0,
  unknown: 0,
  ...some,
})
const finished = (some: Partial<CheckInCounts>) =>
  digestOf([{ event: 'check-in-finished', counts: counts(some) }], 'en')

describe('names of accounts', () => {
  test('are five at most', () => {
    expect(ended('a', 'b', 'c', 'd', 'e')?.message).toBe('5 logins ended: a, b, c, d, e.')
    expect(ended('a', 'b', 'c', 'd', 'e', 'f', 'g')?.message).toBe(
      '7 logins ended: a, b, c, d, e and 2 more.',
    )
  })

  test.each([
    ['sk-abcdefghij'],
    ['me@mail.example'],
    ['https://relay.example/console?token=1'],
    ['relay.example/console'],
    ['Bearer abc'],
    ['0123456789abcdef0123'],
    ['eyJhbGciOi.J9'],
    [' '],
  ])('%s gives way to the host', (name) => {
    expect(ended(name)?.message).toBe('1 login ended: relay.example:8443.')
  })

  test.each([['My relay 2'], ['中转站'], ['a/b'], ['relay.example'], ['v1.5']])(
    '%s stays',
    (name) => {
      expect(ended(name)?.message).toBe(`1 login ended: ${name}.`)
    },
  )

  test('are one line of 40 characters at most', () => {
    expect(ended('a\nb\t c')?.message).toBe('1 login ended: a b c.')
    expect(ended('ab '.repeat(20))?.message).toBe(`1 login ended: ${'ab '.repeat(13)}….`)
  })
})

describe('a check-in', () => {
  test.each([
    [{ done: 2, earlier: 1 }, 'success', [3, 2, 0, 1], '2 done, 1 done earlier'],
    [{ earlier: 1 }, 'success', [1, 0, 0, 1], '1 done earlier'],
    [{ done: 1, unknown: 1 }, 'partial', [2, 1, 1, 0], '1 done, 1 unknown'],
    [{ notDone: 2, needsYou: 3 }, 'failure', [5, 0, 5, 0], '2 not done, 3 need you'],
    [{ earlier: 1, needsYou: 1 }, 'partial', [2, 0, 1, 1], '1 done earlier, 1 needs you'],
  ] as const)('of %o is a %s', (some, status, [total, success, failed, skipped], words) => {
    expect(finished(some)).toEqual({
      event: 'check-in-finished',
      status,
      title: 'Relaydeck: check-in finished',
      message: `Check-in: ${words}.`,
      counts: { total, success, failed, skipped },
    })
  })

  test('of nothing says nothing', () => {
    expect(finished({})).toBeNull()
    expect(digestOf([], 'en')).toBeNull()
  })
})

test.each([
  [0.5, '$0.50'],
  [1234.567, '$1,234.57'],
  [-0.25, '-$0.25'],
  [0, '$0.00'],
])('%d is told as %s', (balanceUsd, shown) => {
  const accounts = [{ ...account('A'), balanceUsd }]
  expect(digestOf([{ event: 'low-balance', accounts }], 'en')?.message).toBe(
    `1 balance is low: A (${shown}).`,
  )
})

test.each(LANGUAGES)('every text is whole in %s', (language) => {
  const number = fc.nat({ max: 30 })
  const unit = fc.constantFrom('a', 'Z', '9', ' ', '.', '-', '·', '猫', '🎉')
  const accounts = fc.array(fc.string({ unit, maxLength: 120 }).map(account), { maxLength: 12 })
  fc.assert(
    fc.property(
      fc.record({
        done: number,
        earlier: number,
        notDone: number,
        needsYou: number,
        unknown: number,
      }),
      accounts,
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      (some, named, balanceUsd) => {
        const notice = digestOf(
          [
            { event: 'check-in-finished', counts: some },
            { event: 'check-in-needs-you', accounts: named },
            { event: 'low-balance', accounts: named.map((one) => ({ ...one, balanceUsd })) },
            { event: 'login-expired', accounts: named },
            { event: 'sync-failed' },
          ],
          language,
        )
        expect(notice?.title).toMatch(/\S/)
        expect(notice?.message).not.toMatch(/undefined|NaN|\{\{/)
        for (const line of notice?.message.split('\n') ?? []) expect(line).toMatch(/[.。]$/)
      },
    ),
    { numRuns: 100 },
  )
  expect(sampleNotice(language)).toMatchObject({ event: 'test', status: 'info', counts: null })
})
