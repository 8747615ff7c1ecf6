import { describe, expect, test } from 'vitest'

import { FAILURE_CLASSES, type FailureClass } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { needsYou, waitsForUser } from '@/src/domain/needs-you'

import { makeRow } from '../ui/support/make-row'

const failing = (index: number, kind: FailureClass, given: Partial<GlanceRow> = {}) =>
  makeRow(index, { origin: 'https://one.example', failure: { class: kind }, ...given })

describe('what waits for the user', () => {
  test('is one entry for a site behind a protection page, whatever the number of accounts', () => {
    const rows = [failing(1, 'challenge'), failing(2, 'challenge')]
    const other = failing(3, 'challenge', { origin: 'https://two.example' })
    const items = needsYou([...rows, other])
    expect(items.map(({ act, origin }) => [act, origin])).toEqual([
      ['pass', 'https://one.example'],
      ['pass', 'https://two.example'],
    ])
    expect(items[0]?.rows).toEqual(rows)
  })

  test('is one entry per account where each has a login of its own', () => {
    const items = needsYou([
      failing(1, 'login', { authMode: 'cookie' }),
      failing(2, 'login', { authMode: 'session' }),
      failing(3, 'login', { authMode: 'token' }),
    ])
    expect(items.map(({ act }) => act)).toEqual(['log-in', 'log-in', 'edit'])
    expect(new Set(items.map(({ key }) => key)).size).toBe(3)
  })

  test('is nothing that passes by itself, and nothing of a disabled account', () => {
    const passing = ['network', 'server', 'limit', 'cancelled', 'interrupted', 'internal'] as const
    expect(needsYou(passing.map((kind, index) => failing(index, kind)))).toEqual([])
    expect(needsYou([failing(1, 'login', { disabled: true }), makeRow(2)])).toEqual([])
  })

  test('comes first where one click helps most', () => {
    const rows = FAILURE_CLASSES.map((kind, index) => failing(index, kind))
    expect(needsYou(rows).map(({ reason }) => reason)).toEqual([
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
