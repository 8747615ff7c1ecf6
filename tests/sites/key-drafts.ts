import type { KeyDraft } from '@/src/domain/api-key'
import type { FullAdapter, KeyOperations } from '@/src/sites/adapter'

/** A draft that leaves everything open but the name. */
export const draftOf = (part: Partial<KeyDraft> = {}): KeyDraft => ({
  name: 'laptop',
  remaining: null,
  expiresAtMs: null,
  modelLimits: [],
  ipLimits: [],
  group: '',
  ...part,
})

export const DAY_MS = 86_400_000

/** What a family that must have them does with keys. */
export function keysOf({ keys, description }: FullAdapter): KeyOperations {
  if (!keys) throw new Error(`${description.type} has no key operations`)
  return keys
}
