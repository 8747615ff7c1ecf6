import { compress } from 'snappyjs'

const BLOCK_BYTES = 32 * 1024

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Buffer.from([...bytes, rest])
}

/** Entries of a block with keys written in full or sharing their beginning, as LevelDB does. */
export function tableBlock(entries: readonly (readonly [key: string, value: Buffer])[]): Buffer {
  let previous = ''
  const written = entries.map(([key, value]) => {
    let shared = 0
    while (shared < previous.length && key[shared] === previous[shared]) shared += 1
    previous = key
    const own = Buffer.from(key.slice(shared))
    return Buffer.concat([varint(shared), varint(own.length), varint(value.length), own, value])
  })
  const restarts = Buffer.alloc(8)
  restarts.writeUInt32LE(1, 4)
  return Buffer.concat([...written, restarts])
}

/** A table file of one data block. `compression` 1 is Snappy. */
export function tableFile(block: Buffer, compression: 0 | 1 | 2): Buffer {
  const stored = compression === 1 ? Buffer.from(compress(block)) : block
  const trailer = (type: number) => Buffer.from([type, 0, 0, 0, 0])
  const data = Buffer.concat([stored, trailer(compression)])
  const handle = Buffer.concat([varint(0), varint(stored.length)])
  const index = tableBlock([['zzz', handle]])
  const footer = Buffer.alloc(48)
  Buffer.concat([varint(0), varint(0), varint(data.length), varint(index.length)]).copy(footer)
  footer.writeBigUInt64LE(0xdb4775248b80fb57n, 40)
  return Buffer.concat([data, index, trailer(0), footer])
}

/** A write batch that puts one record. */
export function putBatch(key: string, value: Buffer): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt32LE(1, 8)
  const written = Buffer.from(key)
  const parts = [Buffer.from([1]), varint(written.length), written, varint(value.length), value]
  return Buffer.concat([header, ...parts])
}

/** A log file, with records split at the 32 KiB blocks. */
export function logFile(records: readonly Buffer[]): Buffer {
  const parts: Buffer[] = []
  let position = 0
  const add = (bytes: Buffer) => {
    parts.push(bytes)
    position += bytes.length
  }
  for (const record of records) {
    let rest = record
    for (let isFirst = true; isFirst || rest.length > 0; isFirst = false) {
      let room = BLOCK_BYTES - (position % BLOCK_BYTES)
      if (room < 7) {
        add(Buffer.alloc(room))
        room = BLOCK_BYTES
      }
      const piece = rest.subarray(0, room - 7)
      rest = rest.subarray(piece.length)
      const isLast = rest.length === 0
      const header = Buffer.alloc(7)
      header.writeUInt16LE(piece.length, 4)
      header.writeUInt8(isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3, 6)
      add(Buffer.concat([header, piece]))
    }
  }
  return Buffer.concat(parts)
}
