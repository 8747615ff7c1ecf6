import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { KeyDraft, KeyFeatures } from '@/src/domain/api-key'
import { KEY_FIELDS } from '@/src/domain/api-key'
import { isAddress, isRange } from '@/src/domain/ip-form'
import { cutToBytes, draftProblems, editProblems, utf8Bytes } from '@/src/domain/key-draft'

const NOW = 1_800_000_000_000

const FEATURES: KeyFeatures = {
  create: [...KEY_FIELDS],
  edit: [...KEY_FIELDS],
  nameBytes: 30,
  groups: 'optional',
  ipForm: 'range',
  expiryInDays: false,
  canDisable: true,
  canRemove: true,
  secret: 'reveal',
}

const draft = (some: Partial<KeyDraft> = {}): KeyDraft => ({
  name: 'laptop',
  remaining: null,
  expiresAtMs: null,
  modelLimits: [],
  ipLimits: [],
  group: '',
  ...some,
})

describe('a draft', () => {
  test('with a name alone is fine', () => {
    expect(draftProblems(draft(), FEATURES, NOW)).toEqual([])
  })

  test('of 11 Chinese characters is too long for 30 bytes, of 10 is not', () => {
    expect(draftProblems(draft({ name: '密'.repeat(11) }), FEATURES, NOW)).toEqual([
      { field: 'name', reason: 'too-long' },
    ])
    expect(draftProblems(draft({ name: '密'.repeat(10) }), FEATURES, NOW)).toEqual([])
  })

  test.each<[Partial<KeyDraft>, string, string]>([
    [{ name: '  ' }, 'name', 'empty'],
    [{ remaining: 0 }, 'remaining', 'not-positive'],
    [{ remaining: Number.NaN }, 'remaining', 'not-a-number'],
    [{ expiresAtMs: NOW }, 'expiresAtMs', 'in-the-past'],
    [{ ipLimits: ['10.0.0.1', '10.0.0.256'] }, 'ipLimits', 'not-an-address'],
    [{ ipLimits: ['*'] }, 'ipLimits', 'not-an-address'],
    [{ group: 'gold' }, 'group', 'not-offered'],
    [{ backupGroup: 'gold' }, 'backupGroup', 'not-offered'],
  ])('%j is told at its field', (some, field, reason) => {
    expect(draftProblems(draft(some), FEATURES, NOW, [{ name: 'vip' }])).toEqual([
      { field, reason },
    ])
  })

  test('says nothing about a group while the groups are not known', () => {
    expect(draftProblems(draft({ group: 'gold' }), FEATURES, NOW)).toEqual([])
    expect(draftProblems(draft({ group: 'gold' }), FEATURES, NOW, null)).toEqual([])
  })

  test('needs a group where the family does', () => {
    const features: KeyFeatures = { ...FEATURES, groups: 'required' }
    expect(draftProblems(draft(), features, NOW)).toEqual([{ field: 'group', reason: 'required' }])
  })

  test('takes ranges only where the family does', () => {
    const ranges = draft({ ipLimits: ['10.0.0.0/8', '2001:db8::/32'] })
    expect(draftProblems(ranges, FEATURES, NOW)).toEqual([])
    const features: KeyFeatures = { ...FEATURES, ipForm: 'address' }
    expect(draftProblems(ranges, features, NOW)).toEqual([
      { field: 'ipLimits', reason: 'not-an-address' },
    ])
  })

  test('may not ask for a limit the family would drop silently', () => {
    const features: KeyFeatures = { ...FEATURES, create: ['name', 'group'] }
    const asked = draft({ remaining: 5, expiresAtMs: NOW + 1, modelLimits: ['gpt-4o'] })
    expect(draftProblems(asked, features, NOW).map(({ reason }) => reason)).toEqual(
      Array(3).fill('not-offered'),
    )
    expect(draftProblems(draft(), features, NOW)).toEqual([])
  })
})

describe('an edit', () => {
  test('is judged by what it names alone', () => {
    expect(editProblems({ name: 'desk' }, { ...FEATURES, groups: 'required' }, NOW)).toEqual([])
  })

  test('may take nothing away that the family cannot change', () => {
    const features: KeyFeatures = { ...FEATURES, edit: ['name'] }
    expect(editProblems({ expiresAtMs: null }, features, NOW)).toEqual([
      { field: 'expiresAtMs', reason: 'not-offered' },
    ])
  })
})

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '2001:db8::8:800:200c:417a',
    '::ffff:1.2.3.4',
  ])('%s is one', (text) => {
    expect(isAddress(text)).toBe(true)
  })

  test.each([
    '',
    '1.2.3',
    '01.2.3.4',
    '1.2.3.4/8',
    '1::2::3',
    ':1',
    '1:2:3:4:5:6:7',
    'fe80::1%eth0',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
    '1.2.3.4::',
  ])('%s is none', (text) => {
    expect(isAddress(text)).toBe(false)
  })

  test.each(['1.2.3.4/33', '1.2.3.4/', '1.2.3.4', '::/129', '::/01', '1.2.3.4/8/8'])(
    '%s is no range',
    (text) => {
      expect(isRange(text)).toBe(false)
    },
  )

  test('of any eight groups or four bytes are taken', () => {
    const v6 = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(v6, fc.ipV4(), (groups, v4) => {
        expect(isAddress(groups.map((group) => group.toString(16)).join(':'))).toBe(true)
        expect(isAddress(v4)).toBe(true)
      }),
    )
  })
})

test('a name is cut on the border of a character, and never longer than allowed', () => {
  expect(cutToBytes('a密b', 3)).toBe('a')
  expect(cutToBytes('a密b', 4)).toBe('a密')
  expect(cutToBytes('🔑🔑', 7)).toBe('🔑')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const cut = cutToBytes(text, most)
      expect(utf8Bytes(cut)).toBeLessThanOrEqual(most)
      expect(text.startsWith(cut)).toBe(true)
    }),
  )
})
