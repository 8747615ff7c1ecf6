import { raise } from '@/src/domain/failure'

import type { Access } from '../adapter'

/** The identity guard: an answer about somebody else must never reach the account's record. */
export function expectUser(answered: string, access: Access, path: string): void {
  if (answered === access.userId) return
  raise({ class: 'identity', reason: 'user-mismatch', path })
}
