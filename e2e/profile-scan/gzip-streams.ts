import { constants, inflateRawSync } from 'node:zlib'

import { ByteReader } from './byte-reader'
import type { Decoded } from './leveldb-table'

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08])
const FLAG = { checksum: 2, extra: 4, name: 8, comment: 16 } as const
const MAX_INFLATED_BYTES = 64 * 1024 * 1024

/** Every gzip stream, wherever it starts and whatever follows: cache entries frame their bodies. */
export function inflateStreams(bytes: Buffer): Decoded[] {
  const found: Decoded[] = []
  for (let at = bytes.indexOf(MAGIC); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
    try {
      // gunzip would refuse the frame behind the stream, so its header is skipped by hand.
      const inflated = inflateRawSync(bytes.subarray(bodyStart(bytes, at)), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MAX_INFLATED_BYTES,
      })
      found.push({ offset: at, bytes: inflated })
    } catch {
      // The same three bytes by chance: already searched as they are.
    }
  }
  return found
}

function bodyStart(bytes: Buffer, magicAt: number): number {
  const reader = new ByteReader(bytes, magicAt + MAGIC.length)
  const flags = reader.byte()
  reader.slice(6) // time, level, system
  if (flags & FLAG.extra) reader.slice(reader.byte() + reader.byte() * 256)
  for (const flag of [FLAG.name, FLAG.comment]) {
    while (flags & flag && reader.byte() !== 0);
  }
  if (flags & FLAG.checksum) reader.slice(2)
  return reader.position
}
