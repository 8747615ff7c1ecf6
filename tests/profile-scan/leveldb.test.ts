import { randomBytes } from 'node:crypto'

import { compress } from 'snappyjs'
import { describe, expect, it } from 'vitest'

import { layersOf } from '@/e2e/profile-scan/decoders'
import { readLog } from '@/e2e/profile-scan/leveldb-log'
import { readTable } from '@/e2e/profile-scan/leveldb-table'

import { logFile, putBatch, tableBlock, tableFile } from './leveldb-files'

const CANARY = Buffer.from('canary-9b1f-token-value')

/** The second half of the canary is a back-reference, so the stored bytes do not contain it whole. */
const SPLIT = Buffer.concat([CANARY.subarray(8), Buffer.alloc(200, 'x'), CANARY])

function contains(parts: readonly { bytes: Uint8Array }[], sought: Buffer): boolean {
  return parts.some(({ bytes }) => Buffer.from(bytes).includes(sought))
}

describe('tables', () => {
  it('finds in a Snappy block what the raw file does not show', () => {
    const file = tableFile(tableBlock([['key', SPLIT]]), 1)
    expect(file.includes(CANARY)).toBe(false)
    expect(contains(readTable(file), CANARY)).toBe(true)
  })

  it('reads plain blocks', () => {
    expect(contains(readTable(tableFile(tableBlock([['key', CANARY]]), 0)), CANARY)).toBe(true)
  })

  it('puts keys together again that share their beginning', () => {
    const block = tableBlock([
      ['canary-9b1f-aaaa', Buffer.from('1')],
      [CANARY.toString(), Buffer.from('2')],
    ])
    const file = tableFile(block, 0)
    expect(file.includes(CANARY)).toBe(false)
    const [table] = layersOf('000005.ldb', file).filter(({ name }) => name === 'leveldb table')
    expect(contains(table?.parts ?? [], CANARY)).toBe(true)
  })

  it('unpacks an object the browser compressed before storing it', () => {
    const value = Buffer.concat([Buffer.from([1, 0xff, 0x11, 0x02]), Buffer.from(compress(SPLIT))])
    const inTable = layersOf('000005.ldb', tableFile(tableBlock([['key', value]]), 1))
    const inLog = layersOf('000003.log', logFile([putBatch('key', value)]))
    for (const layers of [inTable, inLog]) {
      expect(
        contains(
          layers.flatMap(({ parts }) => parts),
          CANARY,
        ),
      ).toBe(true)
    }
  })

  it.each([
    ['an unknown compression', tableFile(tableBlock([['key', CANARY]]), 2)],
    ['a file that is cut off', tableFile(tableBlock([['key', CANARY]]), 1).subarray(0, -10)],
    ['an empty file', Buffer.alloc(0)],
  ])('refuses %s instead of calling it clean', (_, file) => {
    expect(() => readTable(file)).toThrow()
  })
})

describe('logs', () => {
  it('puts a record together that is split over two blocks', () => {
    // The header of the second block lands in the middle of the canary.
    const first = randomBytes(32 * 1024 - 7 - 7 - 10)
    const file = logFile([first, CANARY])
    expect(file.includes(CANARY)).toBe(false)
    expect(contains(readLog(file), CANARY)).toBe(true)
  })

  it('reads a record of several blocks and the ones behind it', () => {
    const long = randomBytes(100_000)
    const records = readLog(logFile([long, CANARY, Buffer.alloc(0)]))
    expect(records.map(({ bytes }) => bytes.length)).toEqual([100_000, CANARY.length, 0])
    expect(Buffer.from(records[0]!.bytes).equals(long)).toBe(true)
  })

  it('passes over the zeros at the end of a block', () => {
    // Leaves 3 bytes, too few for another header.
    const first = randomBytes(32 * 1024 - 7 - 3)
    const records = readLog(logFile([first, CANARY]))
    expect(records.map(({ bytes }) => bytes.length)).toEqual([first.length, CANARY.length])
  })

  it('gives what is left of a record that was never finished', () => {
    const file = logFile([Buffer.concat([CANARY, randomBytes(50_000)])])
    expect(contains(readLog(file.subarray(0, 32 * 1024)), CANARY)).toBe(true)
  })
})
