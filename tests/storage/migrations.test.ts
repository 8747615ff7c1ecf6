import * as z from 'zod/mini'
import { beforeEach, describe, expect, test } from 'vitest'

import { type Migration, MIGRATIONS } from '@/src/storage/migrations/chain'
import { migrateRecord } from '@/src/storage/migrations/migrate'
import { decodeRecord, encodeRecord } from '@/src/storage/record-codec'
import { type StoreDeclaration, STORES } from '@/src/storage/stores'

import { freshDisk } from './raw-disk'

beforeEach(freshDisk)

interface Note {
  id: string
  title: string
  lines: number
}

const place = { store: 'notes', id: 'n1' }

/** What releases 1, 2 and 3 of an imagined store would have written. */
const chain: Migration[] = [
  {
    store: 'notes',
    to: 3,
    migrate: (record) => ({
      ...(record as Note),
      lines: 'lines' in (record as object) ? (record as Note).lines : 1,
    }),
  },
  {
    store: 'notes',
    to: 2,
    migrate: (record) => {
      const { id, name } = record as { id: string; name: string }
      return { id, title: name.toUpperCase() }
    },
  },
  { store: 'elsewhere', to: 2, migrate: () => 'of another store' },
]

const notes = (version: number): StoreDeclaration<Note> => ({
  schema: () => z.object({ id: z.string(), title: z.string(), lines: z.int() }),
  version,
  plane: 'told',
  secretFields: [],
})

const stored = (version: number, record: unknown) =>
  new TextEncoder().encode(JSON.stringify({ version, record }))

const failure = (reason: string) =>
  expect.objectContaining({ failure: { class: 'storage', reason } }) as Error

describe('an old record', () => {
  test.each([
    [1, { id: 'n1', name: 'a' }],
    [2, { id: 'n1', title: 'A' }],
    [3, { id: 'n1', title: 'A', lines: 1 }],
  ])('of version %i is read in the current shape', (version, record) => {
    expect(decodeRecord(notes(3), chain, place, stored(version, record))).toEqual({
      id: 'n1',
      title: 'A',
      lines: 1,
    })
  })

  test('is written back in the current version', () => {
    const record = decodeRecord(notes(3), chain, place, stored(1, { id: 'n1', name: 'a' }))
    const written = encodeRecord(notes(3), record)
    expect(written).toEqual(stored(3, record))
    expect(decodeRecord(notes(3), [], place, written)).toEqual(record)
  })

  test('without a way to the current version is unreadable, not guessed at', () => {
    const gap = chain.filter(({ to }) => to !== 2)
    expect(() => decodeRecord(notes(3), gap, place, stored(1, { id: 'n1' }))).toThrow(
      failure('unreadable'),
    )
  })

  test('that a step cannot take is invalid', () => {
    expect(() => decodeRecord(notes(3), chain, place, stored(1, null))).toThrow(failure('invalid'))
  })

  test('from a newer release is unreadable', () => {
    const path = { store: 'notes', from: 4, to: 3 }
    expect(() => migrateRecord(chain, path, {})).toThrow(failure('unreadable'))
  })
})

describe('opened bytes', () => {
  const valid = { id: 'n1', title: 'A', lines: 1 }

  test.each([
    ['no UTF-8', new Uint8Array([0xff, 0xfe]), 'unreadable'],
    ['no JSON', new TextEncoder().encode('{'), 'unreadable'],
    ['no version', new TextEncoder().encode('{"record":{}}'), 'unreadable'],
    ['another shape', stored(3, { ...valid, lines: 'x' }), 'invalid'],
    ['another id', stored(3, { ...valid, id: 'n2' }), 'invalid'],
  ])('with %s', (_what, bytes, reason) => {
    expect(() => decodeRecord(notes(3), chain, place, bytes)).toThrow(failure(reason))
  })

  test('that do not fit never quote the record in the error', () => {
    const bad = stored(3, { ...valid, lines: 'sk-secret' })
    let thrown: unknown
    try {
      decodeRecord(notes(3), chain, place, bad)
    } catch (error) {
      thrown = error
    }
    const { message, cause, stack } = thrown as Error
    expect(`${message} ${String(cause)} ${String(stack)}`).not.toContain('sk-secret')
  })
})

test('the released chain leads every store from version 1 to its current one, without gaps', () => {
  const names: string[] = Object.keys(STORES)
  for (const [store, { version }] of Object.entries(STORES)) {
    const steps = MIGRATIONS.filter((step) => step.store === store).map(({ to }) => to)
    expect(steps.sort((a, b) => a - b)).toEqual(
      Array.from({ length: version - 1 }, (_, index) => index + 2),
    )
  }
  for (const { store } of MIGRATIONS) expect(names).toContain(store)
})
