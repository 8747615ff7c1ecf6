import path from 'node:path'

import { uncompress } from 'snappyjs'

import { inflateStreams } from './gzip-streams'
import { readLog, valuesOfBatch } from './leveldb-log'
import { type Decoded, readTable } from './leveldb-table'

/** Envelope of a stored object that the browser compressed before handing it to LevelDB. */
const WRAPPED_SNAPPY = Buffer.from([0xff, 0x11, 0x02])
/** The envelope stands behind the record's version number. */
const MAX_WRAPPER_OFFSET = 12

/** What a file contains beyond its plain bytes: unpacked, put together, or inflated. */
export interface Layer {
  readonly name: 'leveldb table' | 'leveldb log' | 'gzip'
  readonly parts: readonly Decoded[]
}

export function layersOf(file: string, bytes: Buffer): Layer[] {
  const name = path.basename(file)
  const layers: Layer[] = [{ name: 'gzip', parts: inflateStreams(bytes) }]
  if (/\.(?:ldb|sst)$/.test(name)) {
    layers.push({ name: 'leveldb table', parts: tableParts(bytes) })
  }
  if (/^\d{6,}\.log$|^MANIFEST-\d+$/.test(name)) {
    layers.push({ name: 'leveldb log', parts: logParts(bytes) })
  }
  return layers
}

function tableParts(bytes: Buffer): Decoded[] {
  return readTable(bytes).flatMap(({ offset, bytes: block, entries }) => [
    { offset, bytes: block },
    ...entries.map(({ key }) => ({ offset, bytes: key })),
    ...unwrapped(
      offset,
      entries.map(({ value }) => value),
    ),
  ])
}

function logParts(bytes: Buffer): Decoded[] {
  return readLog(bytes).flatMap((record) => [
    record,
    ...unwrapped(record.offset, valuesOfBatch(record.bytes)),
  ])
}

function unwrapped(offset: number, values: readonly Uint8Array[]): Decoded[] {
  return values.flatMap((value) => {
    const at = Buffer.from(value.buffer, value.byteOffset, value.byteLength).indexOf(WRAPPED_SNAPPY)
    if (at < 0 || at > MAX_WRAPPER_OFFSET) return []
    try {
      return [{ offset, bytes: uncompress(value.subarray(at + WRAPPED_SNAPPY.length)) }]
    } catch {
      // The same three bytes by chance: already searched as they are.
      return []
    }
  })
}
