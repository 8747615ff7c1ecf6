import { ByteReader } from './byte-reader'
import type { Decoded } from './leveldb-table'

const BLOCK_BYTES = 32 * 1024
/** Checksum, length, type. */
const HEADER_BYTES = 7
const TYPE = { full: 1, first: 2, middle: 3, last: 4 } as const
/** Sequence number and count at the start of a write batch. */
const BATCH_HEADER_BYTES = 12

/**
 * The records of a LevelDB log (write-ahead `.log`, `MANIFEST`). A record that does not fit the
 * rest of its 32 KiB block is continued in the next one, with a header in the middle of its bytes.
 * A log may end anywhere: what is left of its last record is given too.
 */
export function readLog(file: Uint8Array): Decoded[] {
  const records: Decoded[] = []
  let parts: Uint8Array[] = []
  let startedAt = 0
  const finish = () => {
    if (parts.length > 0) records.push({ offset: startedAt, bytes: Buffer.concat(parts) })
    parts = []
  }
  for (const { type, offset, bytes } of fragments(file)) {
    if (type === TYPE.full || type === TYPE.first) {
      finish()
      startedAt = offset
    }
    parts.push(bytes)
    if (type === TYPE.full || type === TYPE.last) finish()
  }
  finish()
  return records
}

function* fragments(file: Uint8Array): Generator<Decoded & { readonly type: number }> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let position = 0
  while (position + HEADER_BYTES <= file.length) {
    const blockEnd = position - (position % BLOCK_BYTES) + BLOCK_BYTES
    const length = view.getUint16(position + 4, true)
    const type = view.getUint8(position + 6)
    const start = position + HEADER_BYTES
    // Too little room for a header, or the zeros of space reserved in advance.
    if (start > blockEnd || type === 0) {
      position = blockEnd
      continue
    }
    const end = Math.min(start + length, blockEnd, file.length)
    yield { type, offset: position, bytes: file.subarray(start, end) }
    position = end
  }
}

/** The values that a write batch puts; nothing for records of another kind. */
export function valuesOfBatch(record: Uint8Array): Uint8Array[] {
  const values: Uint8Array[] = []
  try {
    const reader = new ByteReader(record, BATCH_HEADER_BYTES)
    while (!reader.isAtEnd) {
      const isPut = reader.byte() === 1
      reader.prefixedSlice()
      if (isPut) values.push(reader.prefixedSlice())
    }
  } catch (error) {
    // A record of a MANIFEST, or one cut off: its bytes are searched as they are.
    if (!(error instanceof RangeError)) throw error
  }
  return values
}
