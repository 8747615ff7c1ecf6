import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { GlanceRow } from '@/src/domain/glance'
import { complete, type Metric, partial, unavailable } from '@/src/domain/metric'
import { AMOUNT_UNITS, convertAmount, CURRENCIES } from '@/src/domain/money'
import { entriesOf, searchEntries, sortEntries, totalsOf } from '@/src/ui/view/glance-view'

import { makeRow } from './support/make-row'

const NOW = Date.now()
const titles = (rows: readonly GlanceRow[]): string[] =>
  sortEntries(entriesOf(rows), 'USD').map((entry) => entry.title)

const anyMetric: fc.Arbitrary<Metric> = fc.oneof(
  fc.integer({ min: -1e9, max: 1e12 }).map(complete),
  fc.integer({ min: 0, max: 1e12 }).map((value) => partial(value, 'page-limit')),
  fc.constant(unavailable('request-failed')),
)
const anyRow = fc
  .record({
    balance: anyMetric,
    today: anyMetric,
    disabled: fc.boolean(),
    excludeFromTotal: fc.boolean(),
    unit: fc.constantFrom(...AMOUNT_UNITS),
    quotaPerUnit: fc.integer({ min: 1, max: 1_000_000 }),
    exchangeRate: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  })
  .map((given) => makeRow(1, given))

describe('order', () => {
  it('puts enabled before disabled, high before low, unknown last', () => {
    const rows = [
      makeRow(1, { name: 'off', disabled: true, balance: complete(9e9) }),
      makeRow(2, { name: 'unknown', balance: unavailable('never-fetched') }),
      makeRow(3, { name: 'low', balance: complete(-5) }),
      makeRow(4, { name: 'high', balance: partial(900, 'page-limit') }),
      makeRow(5, { name: 'also unknown', balance: unavailable('never-fetched') }),
    ]
    expect(titles(rows)).toEqual(['high', 'low', 'also unknown', 'unknown', 'off'])
  })

  it('compares worth, not points', () => {
    const rows = [
      makeRow(1, { name: 'many cheap points', balance: complete(2000), quotaPerUnit: 1000 }),
      makeRow(2, { name: 'few dear points', balance: complete(30), quotaPerUnit: 10 }),
    ]
    expect(titles(rows)).toEqual(['few dear points', 'many cheap points'])
  })

  it('puts what has no points between the known and the unknown, by its dollars', () => {
    const rows = [
      makeRow(1, { name: 'unknown', balance: unavailable('never-fetched') }),
      makeRow(2, { name: 'few dollars', unit: 'usd', balance: complete(3) }),
      makeRow(3, { name: 'points in the red', balance: complete(-1) }),
      makeRow(4, { name: 'many dollars', unit: 'usd', balance: complete(9e9) }),
    ]
    const inPoints = sortEntries(entriesOf(rows), 'points').map(({ title }) => title)
    expect(inPoints).toEqual(['points in the red', 'many dollars', 'few dollars', 'unknown'])
    expect(titles(rows)).toEqual(['many dollars', 'few dollars', 'points in the red', 'unknown'])
  })

  it('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (given) => {
        const rows = given.map((row, index) => ({ ...row, id: makeRow(index).id }))
        expect(titles(rows.toReversed())).toEqual(titles(rows))
      }),
    )
  })
})

describe('titles', () => {
  it('tell accounts of one name apart', () => {
    const [a, b, c] = entriesOf([
      makeRow(1, { name: 'Same', username: 'ann' }),
      makeRow(2, { name: 'Same', username: '' }),
      makeRow(3, { name: 'Other' }),
    ])
    expect([a?.title, b?.title, c?.title]).toEqual(['Same · ann', 'Same', 'Other'])
  })

  it('keep the entry of a row that did not change', () => {
    const rows = [makeRow(1), makeRow(2)]
    const [before] = entriesOf(rows)
    const [after] = entriesOf([rows[0] ?? makeRow(1), makeRow(2)])
    expect(after).toBe(before)
  })
})

describe('search', () => {
  const entries = entriesOf([
    makeRow(1, { name: 'Nova Relay', username: 'Ann' }),
    makeRow(2, { name: '星云中转', origin: 'https://api.xingyun.example:8443' }),
  ])
  it.each([
    ['', 2],
    ['   ', 2],
    ['nova', 1],
    ['ＮＯＶＡ　ann', 1],
    ['nova bob', 0],
    ['中转', 1],
    ['8443', 1],
    ['https', 0],
  ])('"%s" finds %d', (query, count) => {
    expect(searchEntries(entries, query)).toHaveLength(count)
  })
})

describe('totals', () => {
  it('leave out what the user keeps out, and count what is unknown', () => {
    const totals = totalsOf(
      [
        makeRow(1, { figuresAtMs: 10 }),
        makeRow(2, { excludeFromTotal: true, figuresAtMs: 1 }),
        makeRow(3, { disabled: true }),
        makeRow(4, { balance: unavailable('request-failed'), figuresAtMs: 30 }),
      ],
      'USD',
      NOW,
    )
    expect(totals.balance).toEqual({
      known: 10,
      counted: 1,
      partial: 0,
      unknown: 1,
      inconvertible: 0,
    })
    expect(totals.today).toEqual({ known: 3, counted: 3, partial: 0, unknown: 0, inconvertible: 0 })
    expect(totals).toMatchObject({ oldestAtMs: 10, newestAtMs: 30 })
  })

  it("do not take yesterday's use for today's", () => {
    const totals = totalsOf([makeRow(1, { todayKey: '2001-01-01' })], 'USD', NOW)
    expect(totals.today.known).toBeNull()
  })

  it('equal the sum of their known parts; unknown never becomes 0', () => {
    const list = fc.array(anyRow, { maxLength: 40 })
    fc.assert(
      fc.property(list, fc.constantFrom(...CURRENCIES), (rows, currency) => {
        const { balance } = totalsOf(rows, currency, NOW)
        const counted = rows.filter((row) => !row.disabled && !row.excludeFromTotal)
        const known = counted.flatMap((row) =>
          row.balance.state === 'unavailable'
            ? []
            : (convertAmount(row.balance.value, row, currency) ?? []),
        )
        expect(balance.counted + balance.unknown + balance.inconvertible).toBe(counted.length)
        if (known.length === 0) expect(balance.known).toBeNull()
        else expect(balance.known).toBe(known.reduce((sum, value) => sum + value, 0))
      }),
    )
  })
})

it('takes less than 5 ms for 1,000 rows', () => {
  const rows = Array.from({ length: 1000 }, (_, index) =>
    makeRow(index, { balance: complete((index * 7919) % 1000) }),
  )
  const once = (): number => {
    const fresh = rows.map((row) => ({ ...row }))
    const startedAt = performance.now()
    const sorted = sortEntries(entriesOf(fresh), 'USD')
    searchEntries(sorted, 'relay 9')
    totalsOf(fresh, 'USD', NOW)
    return performance.now() - startedAt
  }
  // The best of many: what the work costs, not what else the machine was doing meanwhile.
  expect(Math.min(...Array.from({ length: 40 }, once))).toBeLessThan(5)
})
