declare module 'snappyjs' {
  /** The answer is of the argument's own kind. */
  export function compress(uncompressed: Uint8Array): Uint8Array
  /** @throws {Error} on what is no Snappy stream, or one longer than `maxLength` */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array
}
