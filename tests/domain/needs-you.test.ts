import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { CHECK_IN_STATES, type CheckInMark } from '@/src/domain/check-in'
import { type Failure, FAILURE_CLASSES, type FailureClass } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { needsYou, waitsForUser } from '@/src/domain/needs-you'

import { makeRow } from '../ui/support/make-row'

const NOW = Date.UTC(2026, 10, 27, 12)
const HOUR_MS = 3_600_000

const failing = (index: number, kind: FailureClass, given: Partial<GlanceRow> = {}) =>
  makeRow(index, { origin: 'https://one.example', failure: { class: kind }, ...given })

describe('what waits for the user', () => {
  test('is one entry for a site behind a protection page, whatever the number of accounts', () => {
    const rows = [failing(1, 'challenge'), failing(2, 'challenge')]
    const other = failing(3, 'challenge', { origin: 'https://two.example' })
    const items = needsYou([...rows, other], NOW)
    expect(items.map(({ act, origin }) => [act, origin])).toEqual([
      ['pass', 'https://one.example'],
      ['pass', 'https://two.example'],
    ])
    expect(items[0]?.rows).toEqual(rows)
  })

  test('is one entry per account where each has a login of its own', () => {
    const rows = [
      failing(1, 'login', { authMode: 'cookie' }),
      failing(2, 'login', { authMode: 'session' }),
      failing(3, 'login', { authMode: 'token' }),
    ]
    const items = needsYou(rows, NOW)
    expect(items.map(({ act }) => act)).toEqual(['log-in', 'log-in', 'edit'])
    expect(new Set(items.map(({ key }) => key)).size).toBe(3)
  })

  test('is nothing that passes by itself, and nothing of a disabled account', () => {
    const passing = ['network', 'server', 'limit', 'cancelled', 'interrupted', 'internal'] as const
    const rows = passing.map((kind, index) => failing(index, kind))
    expect(needsYou(rows, NOW)).toEqual([])
    expect(needsYou([failing(1, 'login', { disabled: true }), makeRow(2)], NOW)).toEqual([])
  })

  test('comes first where one click helps most', () => {
    const rows = FAILURE_CLASSES.map((kind, index) => failing(index, kind))
    expect(needsYou(rows, NOW).map(({ failure }) => failure?.class)).toEqual([
      'challenge',
      'needs-tab',
      'login',
      'identity',
      'access',
      'proof',
      'changed-api',
    ])
    expect(FAILURE_CLASSES.filter(waitsForUser)).toHaveLength(7)
  })
})

const markOf = (failure?: Failure, given: Partial<CheckInMark> = {}): CheckInMark => ({
  state: 'needs-you',
  atMs: NOW - HOUR_MS,
  untilMs: NOW + HOUR_MS,
  ...(failure ? { failure } : {}),
  ...given,
})

const turnstile: Failure = { class: 'proof', reason: 'turnstile' }

const marked = (index: number, checkIn: CheckInMark, given: Partial<GlanceRow> = {}) =>
  makeRow(index, { origin: 'https://one.example', checkIn, ...given })

describe('a check-in that waits for the user', () => {
  test.each<[string, Failure | undefined]>([
    ['proof of a person', turnstile],
    ['whatever class that has', { class: 'challenge', reason: 'turnstile' }],
    ['a page of one’s own', undefined],
    ['what only its page can tell', { class: 'refused' }],
  ])('leads to its page for %s, account by account', (_, failure) => {
    const rows = [marked(1, markOf(failure)), marked(2, markOf(failure))]
    const items = needsYou(rows, NOW)
    expect(items.map(({ act }) => act)).toEqual(['check-in', 'check-in'])
    expect(items.map(({ checkIns }) => checkIns)).toEqual(rows.map(({ id }) => [id]))
    expect(items[0]?.failure).toEqual(failure)
  })

  test('waits for the same as its figures, and is then no matter of its own', () => {
    const login: Failure = { class: 'login' }
    const cookie = { authMode: 'cookie' } as const
    const [only] = needsYou([marked(1, markOf(login), cookie)], NOW)
    expect(only).toMatchObject({ act: 'log-in', failure: login, checkIns: [makeRow(1).id] })
    const both = needsYou([marked(1, markOf(login), { ...cookie, failure: login })], NOW)
    expect(both.map(({ act, checkIns }) => [act, checkIns])).toEqual([['log-in', []]])
    // The figures fail for a reason that passes by itself: one matter at a time.
    const resting = marked(1, markOf(login), { ...cookie, failure: { class: 'network' } })
    expect(needsYou([resting], NOW)).toEqual([])
  })

  test('joins the entry of a shielded site', () => {
    const challenge: Failure = { class: 'challenge' }
    const rows = [failing(1, 'challenge'), marked(2, markOf(challenge))]
    const items = needsYou(rows, NOW)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ act: 'pass', rows, checkIns: [makeRow(2).id] })
  })

  test('stands apart from a failure of the figures, and below it', () => {
    const rows = [
      marked(1, markOf(turnstile)),
      marked(2, markOf(turnstile), { authMode: 'cookie' }),
    ]
    const failed = { ...rows[1]!, failure: { class: 'changed-api' } as const }
    expect(needsYou([rows[0]!, failed], NOW).map(({ act }) => act)).toEqual([
      'look',
      'check-in',
      'check-in',
    ])
  })

  test('is forgotten with the day of its site, and when the account is disabled', () => {
    const rows = [
      marked(1, markOf(turnstile, { untilMs: NOW })),
      marked(2, markOf(turnstile, { atMs: NOW + HOUR_MS, untilMs: NOW + 2 * HOUR_MS })),
      marked(3, markOf(turnstile), { disabled: true }),
    ]
    expect(needsYou(rows, NOW)).toEqual([])
  })

  test('is on the list exactly when its mark says so', () => {
    const failure = fc.record({
      class: fc.constantFrom(...FAILURE_CLASSES),
      reason: fc.constantFrom('turnstile', 'resting', 'other'),
    })
    const mark = fc.record(
      {
        state: fc.constantFrom(...CHECK_IN_STATES),
        atMs: fc.integer({ min: NOW - 48 * HOUR_MS, max: NOW + HOUR_MS }),
        untilMs: fc.integer({ min: NOW - HOUR_MS, max: NOW + 24 * HOUR_MS }),
        failure,
      },
      { requiredKeys: ['state', 'atMs', 'untilMs'] },
    )
    const given = fc.record(
      {
        checkIn: mark,
        failure,
        disabled: fc.boolean(),
        authMode: fc.constantFrom('token' as const, 'cookie' as const),
        origin: fc.constantFrom('https://one.example', 'https://two.example'),
      },
      { requiredKeys: ['disabled', 'authMode', 'origin'] },
    )
    const rowsOf = fc
      .array(given, { maxLength: 12 })
      .map((all) => all.map((one, index) => makeRow(index, one)))
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const items = needsYou(rows, NOW)
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
        for (const row of rows) {
          const own = items.filter((item) => item.rows.includes(row))
          const { checkIn, failure: broken, disabled } = row
          const asks =
            checkIn?.state === 'needs-you' && checkIn.untilMs > NOW && checkIn.atMs <= NOW + 60_000
          const figures = broken !== undefined && waitsForUser(broken.class)
          const ownPage =
            asks &&
            (checkIn.failure === undefined ||
              checkIn.failure.reason === 'turnstile' ||
              !waitsForUser(checkIn.failure.class))
          const checkInWaits = asks && (ownPage || broken === undefined)
          expect(own).toHaveLength(disabled ? 0 : Number(figures) + Number(checkInWaits))
          const told = own.filter(({ checkIns }) => checkIns.includes(row.id))
          expect(told).toHaveLength(disabled ? 0 : Number(checkInWaits))
          expect(own.some(({ act }) => act === 'check-in')).toBe(ownPage && !disabled)
        }
      }),
    )
  })
})
