import { bytesOf } from './fit-text'

const PREFIX = '=?UTF-8?B?'
const SUFFIX = '?='
/** A whole encoded word has at most 75 characters (RFC 2047, 2). */
const WORD_BYTES = Math.floor((75 - PREFIX.length - SUFFIX.length) / 4) * 3

/**
 * A text as a header can carry it: as it is when it is plain ASCII, else in encoded words of RFC
 * 2047, none of which begins or ends inside a character.
 */
export function headerText(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  // What looks like an encoded word would be read as one.
  if (/^[\x20-\x7e]*$/.test(line) && !line.includes('=?')) return line
  return chunksOf(line)
    .map((chunk) => `${PREFIX}${base64(new TextEncoder().encode(chunk))}${SUFFIX}`)
    .join(' ')
}

function chunksOf(text: string): string[] {
  const chunks: string[] = []
  let chunk = ''
  for (const character of text) {
    if (bytesOf(chunk + character) > WORD_BYTES) {
      chunks.push(chunk)
      chunk = ''
    }
    chunk += character
  }
  return [...chunks, chunk]
}

export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
