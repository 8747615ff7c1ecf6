import type { KeyDraft } from './api-key'

/** Words of a key's record, apart from its schemas, which pages have no use for. */
export const KEY_STATUSES = ['enabled', 'disabled', 'expired', 'exhausted', 'unknown'] as const

export type KeyStatus = (typeof KEY_STATUSES)[number]

export const KEY_FIELDS = [
  'name',
  'remaining',
  'expiresAtMs',
  'modelLimits',
  'ipLimits',
  'group',
  'backupGroup',
  'crossGroupRetry',
] as const satisfies (keyof KeyDraft)[]

export type KeyField = (typeof KEY_FIELDS)[number]
