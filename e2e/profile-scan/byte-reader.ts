/** Reads the integers and length-prefixed slices LevelDB files are made of. */
export class ByteReader {
  constructor(
    private readonly bytes: Uint8Array,
    public position = 0,
    private readonly end = bytes.length,
  ) {}

  get isAtEnd(): boolean {
    return this.position >= this.end
  }

  byte(): number {
    const [value] = this.slice(1)
    return value ?? 0
  }

  /** Variable length integer; sizes and offsets fit a double. */
  varint(): number {
    let value = 0
    for (let factor = 1; factor <= Number.MAX_SAFE_INTEGER; factor *= 128) {
      const byte = this.byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
    throw new RangeError('no length is that long')
  }

  slice(length: number): Uint8Array {
    const from = this.position
    if (from + length > this.end) throw new RangeError('the data ends too early')
    this.position += length
    return this.bytes.subarray(from, this.position)
  }

  prefixedSlice(): Uint8Array {
    return this.slice(this.varint())
  }
}
