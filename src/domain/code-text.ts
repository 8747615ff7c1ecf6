/** How long a redemption code is (`contracts/new-api.md 4.3`, `features` 5.2). */
const LENGTH = 32

/** A run of hex digits that is no part of a longer word: a 64-digit hash has none. */
const HEX_RUN = new RegExp(`(?<![0-9a-z])[0-9a-f]{${LENGTH}}(?![0-9a-z])`, 'gi')
/** Codes are plain ASCII: white space ends a word, and so do letters and brackets of CJK text. */
const WORD = /[\x21-\x7e]+/g
/** The longest word that may have a code in it; keeps the trimming of hostile text short. */
const LONGEST_WORD = 128
/** Brackets, quotes and punctuation around a word. Codes may begin or end with `-`, `_`, `=`. */
const AROUND = /^[()[\]{}<>"'`.,:;!?*|]+|[()[\]{}<>"'`.,:;!?*|]+$/g

export interface CodeSearch {
  /** Any word of 32 characters counts, else only 32 hex digits. */
  readonly loose: boolean
  /** How many are wanted at most. */
  readonly most: number
}

/** Redemption codes in a text: each once, in the order they stand in. */
export function findCodes(text: string, { loose, most }: CodeSearch): string[] {
  const found = [...text.matchAll(HEX_RUN)].map((hit) => ({ code: hit[0], at: hit.index }))
  if (loose) found.push(...wordsOfLength(text))
  found.sort((a, b) => a.at - b.at)
  return [...new Set(found.map(({ code }) => code))].slice(0, most)
}

function wordsOfLength(text: string): { code: string; at: number }[] {
  return [...text.matchAll(WORD)].flatMap((hit) => {
    if (hit[0].length > LONGEST_WORD) return []
    const code = hit[0].replace(AROUND, '')
    // A short web address is no code.
    if (code.length !== LENGTH || code.includes('://')) return []
    return [{ code, at: hit.index + hit[0].indexOf(code) }]
  })
}

/** One word of printable characters, as codes of some relatives are. */
const ONE_WORD = /^[^\s\p{C}]{4,256}$/u
const LONGEST = 256

/**
 * The codes a person chose by marking them: those in the selection, else the selection itself where
 * it is one word.
 */
export function chosenCodes(selection: string, most: number): string[] {
  const codes = findCodes(selection, { loose: true, most })
  if (codes.length > 0) return codes
  const word = selection.trim()
  return ONE_WORD.test(word) && word.length <= LONGEST ? [word] : []
}
