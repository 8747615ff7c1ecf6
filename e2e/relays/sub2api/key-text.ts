import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'

import type { Sub2ApiGeneration } from './options'

/** A key as the server makes it: `sk-` and 64 hex digits (`contracts/sub2api.md` 8). */
export function randomKey(): string {
  return `sk-${randomBytes(32).toString('hex')}`
}

// The numeric forms of the quotes are not in the contract; they are what Go's escaping gives.
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
}

/** Newer servers escape a name every time it is sent, escaped already or not (8). */
export function storedName(name: string, generation: Sub2ApiGeneration): string {
  if (generation === 'old') return name
  return name.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character)
}

/** Whether a text is an IP address or a CIDR range (8). */
export function isIpPattern(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  )
}
