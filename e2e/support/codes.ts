import { createHash } from 'node:crypto'

/** A redemption code as sites make them: 32 hex digits, the same for the same word. */
export function codeOf(word: string): string {
  return createHash('md5').update(word).digest('hex')
}

/** `count` codes that differ. */
export function codesOf(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => codeOf(`${word} ${String(index)}`))
}

/** A code as pages may show it. */
export function masked(code: string): string {
  return `${code.slice(0, 4)}••••${code.slice(-4)}`
}
