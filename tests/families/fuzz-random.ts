/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 to `below` - 1. */
  int(below: number): number
  pick<T>(choices: readonly T[]): T
  /** A text of that many characters of an alphabet. */
  text(alphabet: string, length: number): string
  /** Whether something that happens once in `times` happens. */
  once(times: number): boolean
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    pick: (choices) => choices[int(choices.length)]!,
    text: (alphabet, length) =>
      Array.from({ length }, () => alphabet[int(alphabet.length)]).join(''),
    once: (times) => int(times) === 0,
  }
}
