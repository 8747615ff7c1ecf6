import { describe, expect, it } from 'vitest'

import type { KeyRow } from '@/src/domain/api-key'
import { complete, unavailable } from '@/src/domain/metric'
import type { Rates } from '@/src/domain/money'
import {
  amountIn,
  draftOf,
  editOf,
  emptyValues,
  inCurrency,
  valuesOf,
} from '@/src/ui/features/keys/form-values'
import { abilitiesOf } from '@/src/ui/features/keys/key-abilities'
import { sectionsOf } from '@/src/ui/features/keys/key-entries'
import { filterKeys, searchKeys } from '@/src/ui/features/keys/key-filter'
import { linesOf } from '@/src/ui/features/keys/key-lines'
import { nextSort, sortKeys } from '@/src/ui/features/keys/key-sort'
import { planMany, portionsOf } from '@/src/ui/features/keys/many-plan'

import { FULL, makeKey, makeList } from './support/make-key'
import { makeRow } from './support/make-row'

const account = makeRow(1)
const NO_TAGS = new Map<string, string[]>()

function sectionOf(rows: KeyRow[], at = account, given: Parameters<typeof makeList>[2] = {}) {
  const parts = { lists: [makeList(at, rows, given)], accounts: [at], sites: [] }
  return sectionsOf({ ...parts, savedTags: NO_TAGS })[0]!
}

const entriesOf = (...rows: KeyRow[]) => sectionOf(rows).entries

describe('entries', () => {
  it('stay the same objects while nothing about them changes', () => {
    const row = makeKey(account.id, 1)
    const [first] = entriesOf(row)
    expect(entriesOf(row)[0]).toBe(first)
    const renamed = { ...account, name: 'Other' }
    expect(sectionOf([row], renamed).entries[0]).not.toBe(first)
  })

  it('have the tags of their account and of the credentials saved from them', () => {
    const tagged = { ...account, tagIds: ['tag_a'] }
    const [section] = sectionsOf({
      lists: [makeList(tagged, [makeKey(account.id, 1)])],
      accounts: [tagged],
      sites: [],
      savedTags: new Map([[`${account.id}/1`, ['tag_b', 'tag_a']]]),
    })
    expect(section?.entries[0]?.tagIds).toEqual(['tag_a', 'tag_b'])
  })
})

describe('what can be done with a key', () => {
  it('follows its family and its state', () => {
    const exhausted = abilitiesOf(makeKey(account.id, 1, { status: 'exhausted' }), FULL)
    expect(exhausted).toMatchObject({ enable: true, disable: true, rotate: true })
    const lost = abilitiesOf(makeKey(account.id, 1, { secret: 'lost' }), {
      ...FULL,
      canDisable: false,
      canRemove: false,
    })
    expect(lost).toMatchObject({ reveal: false, enable: false, disable: false, rotate: false })
  })
})

describe('order', () => {
  it('puts unlimited above every amount and the unknown below, whichever way', () => {
    const keys = entriesOf(
      makeKey(account.id, 1, { remaining: complete(5) }),
      makeKey(account.id, 2, { remaining: unavailable('unsupported') }),
      makeKey(account.id, 3, { remaining: null }),
      makeKey(account.id, 4, { remaining: complete(9) }),
    )
    const order = (direction: 'ascending' | 'descending') =>
      sortKeys(keys, { column: 'remaining', direction }, 'USD').map(({ row }) => row.id)
    expect(order('descending')).toEqual(['3', '4', '1', '2'])
    expect(order('ascending')).toEqual(['1', '4', '3', '2'])
  })

  it('starts where a column tells most', () => {
    const byName = { column: 'name', direction: 'ascending' } as const
    expect(nextSort(byName, 'used').direction).toBe('descending')
    expect(nextSort(byName, 'name').direction).toBe('descending')
  })
})

describe('2,000 keys of 100 accounts', () => {
  const accounts = Array.from({ length: 100 }, (_, at) => makeRow(at + 1))
  const lists = accounts.map((one) =>
    makeList(
      one,
      Array.from({ length: 20 }, (_, at) =>
        makeKey(one.id, at + 1, { name: `key ${one.name} ${String(at)}` }),
      ),
    ),
  )

  it('are searched within 50 ms per keystroke', () => {
    const sections = sectionsOf({ lists, accounts, sites: [], savedTags: NO_TAGS })
    const all = sections.flatMap(({ entries }) => entries)
    expect(all).toHaveLength(2000)
    const sorted = sortKeys(all, { column: 'name', direction: 'ascending' }, 'USD')
    const filters = { account: null, tag: null, status: null, group: null }
    const text = 'relay 57 1'
    const times = Array.from(text, (_, at) => {
      const start = performance.now()
      const found = searchKeys(sorted, text.slice(0, at + 1), new Set())
      const shown = filterKeys(found, filters)
      linesOf({ sections, entries: shown, grouped: true, folded: new Set(), narrowed: true })
      return performance.now() - start
    })
    expect(Math.max(...times)).toBeLessThan(50)
  })
})

describe('amounts of a form', () => {
  const points: Rates = { unit: 'points', quotaPerUnit: 500_000, exchangeRate: 7 }
  const dollars: Rates = { unit: 'usd', quotaPerUnit: 500_000, exchangeRate: 7 }
  const options = { features: FULL, groups: null }
  const typed = (amount: string, currency: 'USD' | 'CNY' | 'points') => ({
    ...emptyValues(options, currency),
    unlimited: false,
    amount,
  })

  it.each([
    ['10', 'USD', points, 5_000_000],
    ['70', 'CNY', points, 5_000_000],
    ['１,０００', 'points', points, 1000],
    ['2.5', 'USD', dollars, 2.5],
    ['7', 'CNY', dollars, 1],
    ['x', 'USD', points, Number.NaN],
    ['', 'USD', points, Number.NaN],
  ] as const)('%s in %s', (amount, currency, rates, expected) => {
    expect(amountIn(typed(amount, currency), rates)).toBe(expected)
  })

  it('survive being looked at in another currency', () => {
    const row = makeKey(account.id, 1, { remaining: complete(1_234_567) })
    const start = valuesOf(row, points, 'USD')
    const back = inCurrency(inCurrency(start, 'CNY', points), 'USD', points)
    expect(amountIn(back, points)).toBe(1_234_567)
    expect(editOf(start, back, FULL, points, Date.now())).toEqual({})
  })

  it('that the site does not tell are not touched unless typed', () => {
    const row = makeKey(account.id, 1, { remaining: unavailable('unsupported') })
    const start = valuesOf(row, points, 'USD')
    expect(editOf(start, { ...start, name: 'new' }, FULL, points, Date.now())).toEqual({
      name: 'new',
    })
    const now = { ...start, amount: '1' }
    expect(editOf(start, now, FULL, points, Date.now())).toEqual({ remaining: 500_000 })
  })

  it('leave out what the family does not have', () => {
    const values = { ...typed('1', 'USD'), addresses: '10.0.0.1', group: 'vip' }
    expect(draftOf(values, ['name'], points, Date.now())).toEqual({
      name: '',
      remaining: null,
      expiresAtMs: null,
      modelLimits: [],
      ipLimits: [],
      group: '',
    })
  })
})

describe('a plan for several accounts', () => {
  const usd = makeRow(2, { unit: 'usd' })
  const named = (values: Partial<ReturnType<typeof emptyValues>>) => ({
    ...emptyValues({ features: FULL, groups: null }, 'USD' as const),
    group: '',
    name: 'team',
    ...values,
  })

  it('keeps every asked limit or leaves the account out', () => {
    const lacking = sectionOf([], account, { features: { ...FULL, create: ['name'] } })
    const needing = sectionOf([], account, { features: { ...FULL, groups: 'required' } })
    const addresses = sectionOf([], account, { features: { ...FULL, ipForm: 'address' } })
    const plan = (section: typeof lacking, values: Parameters<typeof named>[0]) =>
      planMany([section], named(values), Date.now())[0]?.leftOut
    expect(plan(lacking, { unlimited: false, amount: '1' })).toBe('no-such-limit')
    expect(plan(lacking, {})).toBeNull()
    expect(plan(needing, {})).toBe('group-required')
    expect(plan(needing, { group: 'gone' })).toBe('group-not-offered')
    expect(plan(addresses, { addresses: '10.0.0.0/8' })).toBe('no-ranges')
    expect(plan(addresses, { name: '一二三四五六七八九十百' })).toBe('name-too-long')
    const points = { unlimited: false, amount: '1', currency: 'points' as const }
    expect(plan(sectionOf([], usd), points)).toBe('no-points')
  })

  it('sends accounts that get the same key together', () => {
    const sections = [account, makeRow(3), usd].map((one) => sectionOf([], one))
    const plan = planMany(sections, named({ unlimited: false, amount: '1' }), Date.now())
    const portions = portionsOf(plan, 5).map((those) =>
      those.map(({ section }) => section.account.id),
    )
    expect(portions).toEqual([[account.id, makeRow(3).id], [usd.id]])
    expect(portionsOf(plan, 1)).toHaveLength(3)
  })
})
