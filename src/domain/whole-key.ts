/**
 * Tells a whole key from a masked one. A site's list shows keys shortened ("sk-ab****yz");
 * such a text must never be copied, exported or checked as if it were the key
 * (`contracts/exports.md 0.2`).
 */

import { raise } from './failure'

const MASK_MARKS = ['*', '•', '…', '...']

/** Whether the text can be a whole key: not empty and without any mark of masking. */
export function isWholeKey(text: string): boolean {
  return text.trim() !== '' && !MASK_MARKS.some((mark) => text.includes(mark))
}

/**
 * The text itself when it is a whole key.
 * @throws the failure `{class: 'input', field: 'key', reason: 'masked'}` otherwise.
 */
export function assertWhole(text: string): string {
  if (!isWholeKey(text)) raise({ class: 'input', field: 'key', reason: 'masked' })
  return text
}
