/**
 * A number of [0, 1) that depends on its words only: the same in every life of the worker, so that a
 * time that was drawn once is not drawn again. FNV-1a with a final mix; nothing secret rests on it.
 */
export function spreadOf(...words: readonly string[]): number {
  let hash = 0x811c9dc5
  for (const char of words.join('\n')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
