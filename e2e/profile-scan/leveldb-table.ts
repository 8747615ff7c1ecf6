import { uncompress } from 'snappyjs'

import { ByteReader } from './byte-reader'

const FOOTER_BYTES = 48
const MAGIC = 0xdb4775248b80fb57n
/** One byte of compression type and a checksum follow every block. */
const STORED_PLAIN = 0
const STORED_SNAPPY = 1

/** A stretch of decoded bytes, and where in the file it comes from. */
export interface Decoded {
  readonly offset: number
  readonly bytes: Uint8Array
}

export interface TableEntry {
  /** Full key; in the file, keys leave out what they share with the one before. */
  readonly key: Uint8Array
  readonly value: Uint8Array
}

export interface TableBlock extends Decoded {
  readonly entries: readonly TableEntry[]
}

/**
 * The data blocks of a LevelDB table (`.ldb`, `.sst`), decompressed.
 *
 * @throws {Error} on anything that is no intact table: what cannot be read cannot be called clean
 */
export function readTable(file: Uint8Array): TableBlock[] {
  if (file.length < FOOTER_BYTES) throw new Error('too short for a table')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (view.getBigUint64(file.length - 8, true) !== MAGIC) throw new Error('no table magic')
  const footer = new ByteReader(file, file.length - FOOTER_BYTES)
  readHandle(footer) // the meta index: filters, no contents
  const index = readBlock(file, readHandle(footer))
  return index.entries.map(({ value }) => readBlock(file, readHandle(new ByteReader(value))))
}

interface Handle {
  readonly offset: number
  readonly size: number
}

function readHandle(reader: ByteReader): Handle {
  return { offset: reader.varint(), size: reader.varint() }
}

function readBlock(file: Uint8Array, { offset, size }: Handle): TableBlock {
  const stored = new ByteReader(file, offset)
  const contents = stored.slice(size)
  const bytes = unpack(contents, stored.byte())
  return { offset, bytes, entries: readEntries(bytes) }
}

function unpack(contents: Uint8Array, compression: number): Uint8Array {
  if (compression === STORED_PLAIN) return contents
  if (compression === STORED_SNAPPY) return uncompress(contents)
  throw new Error(`unknown block compression ${String(compression)}`)
}

function readEntries(block: Uint8Array): TableEntry[] {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const restarts = view.getUint32(block.length - 4, true)
  const reader = new ByteReader(block, 0, block.length - 4 - restarts * 4)
  const entries: TableEntry[] = []
  let key: Uint8Array = new Uint8Array()
  while (!reader.isAtEnd) {
    const shared = reader.varint()
    const ownLength = reader.varint()
    const valueLength = reader.varint()
    key = Buffer.concat([key.subarray(0, shared), reader.slice(ownLength)])
    entries.push({ key, value: reader.slice(valueLength) })
  }
  return entries
}
