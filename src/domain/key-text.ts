/** Everything that stands for characters of a masked key. */
const MASK = /[*•…]+|\.{3,}/

/**
 * A full key as lists show it: nothing of a short one, else its first 8 and last 4 characters
 * around 16 stars. The length cannot be told from it.
 */
export function displayMask(text: string): string {
  return text.length <= 12 ? '******' : `${text.slice(0, 8)}${'*'.repeat(16)}${text.slice(-4)}`
}

/**
 * Whether a masked text may be that of this full key: what stands before and after its mask is the
 * key's own, with or without `sk-` (`contracts/new-api.md 6.6, 6.7`). A text that shows nothing may
 * be any key's.
 */
export function fitsMask(shown: string, full: string): boolean {
  const parts = bare(shown).split(MASK)
  const [head = '', tail = ''] = [parts[0], parts.length > 1 ? parts.at(-1) : '']
  const key = bare(full)
  return key.length >= head.length + tail.length && key.startsWith(head) && key.endsWith(tail)
}

const bare = (text: string): string => text.replace(/^sk-/, '')
