/** Go's `strconv.Atoi` with its error ignored: 0 for anything that is not a whole number. */
export function atoi(text: string | null | undefined): number {
  return /^[+-]?\d+$/.test(text ?? '') ? Number(text) : 0
}

/** SQL `LIKE`: `%` any text, `_` any one character, letters of either case. */
export function isLike(value: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${source}$`, 'is').test(value)
}
