import { failureOf } from '@/src/domain/failure'
import type { CodeState, SentCode } from '@/src/domain/redemption'
import type { Change, Vault } from '@/src/storage/vault'

import type { Outcome } from './batch-record'

/** The code certainly did not arrive, or was sent back: it may be sent again. */
const SENDABLE: ReadonlySet<CodeState> = new Set(['failed', 'limited', 'needs-you'])

const DAMAGED: ReadonlySet<string | undefined> = new Set(['tampered', 'unreadable', 'invalid'])

/** What is known of a code at an origin. `accountId`: where it went; absent = nobody can tell. */
export interface Known {
  readonly outcome: Outcome
  readonly accountId?: string
  readonly atMs?: number
}

/** The id a code is remembered under; tells neither code nor origin. */
export async function sentCodeId(origin: string, code: string): Promise<SentCode['id']> {
  const bytes = new TextEncoder().encode(`${origin}\n${code}`)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
  return `code_${hex.join('').slice(0, 32)}`
}

/** What is remembered of the code, where that forbids sending it; `null` = it may be sent. */
export async function barring(vault: Vault, id: SentCode['id']): Promise<Known | null> {
  try {
    const known = await vault.load('sentCodes', id)
    if (!known || SENDABLE.has(known.state)) return null
    const { state, amount, kind, accountId, atMs } = known
    return { outcome: { state, ...credit({ amount, kind }) }, accountId, atMs }
  } catch (thrown) {
    const failure = failureOf(thrown)
    // Something is remembered, and nobody can read what: it may have been sent.
    if (DAMAGED.has(failure.reason)) return { outcome: { state: 'unknown', failure } }
    throw thrown
  }
}

/** Remembers what became of a code at an origin. */
export function remember(
  id: SentCode['id'],
  accountId: string,
  { state, amount, kind }: Outcome,
  atMs: number,
): Change {
  return {
    store: 'sentCodes',
    put: { id, accountId, state, atMs, ...credit({ amount, kind }) },
  }
}

/** It was not sent after all. */
export const forget = (id: SentCode['id']): Change => ({ store: 'sentCodes', remove: id })

function credit({ amount, kind }: Pick<Outcome, 'amount' | 'kind'>): Partial<Outcome> {
  return {
    ...(amount === undefined ? {} : { amount }),
    ...(kind === undefined ? {} : { kind }),
  }
}
