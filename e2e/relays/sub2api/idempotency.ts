import { withHeaders, type Reply } from '../kit/reply'
import type { UserContext } from './context'
import { handlerError } from './envelope'

/** What the server remembers of an `Idempotency-Key`. */
export interface IdempotencyEntry {
  fingerprint: string
  /** `null` after a failure: it may be repeated from `retryAtMs` on. */
  reply: Reply | null
  retryAtMs: number
  expiresAtMs: number
}

const DAY_MS = 86_400_000
/** How long a failed request may not be repeated; the figure is not in the contract. */
const BACKOFF_MS = 5000

function conflict(reason: string, message: string): Reply {
  return handlerError(409, message, reason)
}

/** The answer an entry gives to a repeated request; `null` = carry it out. */
function replay(entry: IdempotencyEntry, fingerprint: string, nowMs: number): Reply | null {
  if (entry.fingerprint !== fingerprint) {
    return conflict('IDEMPOTENCY_KEY_CONFLICT', 'idempotency key reused with different payload')
  }
  if (entry.reply !== null) return withHeaders(entry.reply, { 'x-idempotency-replayed': 'true' })
  if (entry.retryAtMs <= nowMs) return null
  const retryAfter = String(Math.ceil((entry.retryAtMs - nowMs) / 1000))
  const reply = conflict('IDEMPOTENCY_RETRY_BACKOFF', 'retry is in backoff')
  return withHeaders(reply, { 'retry-after': retryAfter })
}

/**
 * Runs `handle` once per `Idempotency-Key` of a user and repeats its answer for 24 h
 * (`contracts/sub2api.md` 8). Old servers do not know the header.
 */
export function onceOnly(context: UserContext, handle: () => Reply): Reply {
  const { relay, headers, user } = context
  const header = headers.idempotencyKey
  if (!relay.isNew || header === '') return handle()
  if (!/^[!-~]{1,128}$/.test(header)) {
    return handlerError(400, 'idempotency key is invalid', 'IDEMPOTENCY_KEY_INVALID')
  }
  const nowMs = relay.nowMs()
  const id = `${user.id}:${context.method} ${context.url.pathname}:${header}`
  const fingerprint = JSON.stringify(context.body)
  const entry = relay.state.idempotency.get(id)
  const repeated = entry && entry.expiresAtMs > nowMs ? replay(entry, fingerprint, nowMs) : null
  if (repeated !== null) return repeated
  const reply = handle()
  relay.state.idempotency.set(id, {
    fingerprint,
    reply: reply.status === 200 ? reply : null,
    retryAtMs: nowMs + BACKOFF_MS,
    expiresAtMs: nowMs + DAY_MS,
  })
  return reply
}
