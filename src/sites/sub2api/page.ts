import * as z from 'zod/mini'

import type { PageStorage, SessionTokens } from '../adapter'
import { readClaims } from './claims'
import { tokenText, userId } from './schemas'

/** `localStorage` keys of the page's session (`contracts/sub2api.md 5`). */
export const STORED = {
  access: 'auth_token',
  refresh: 'refresh_token',
  /** Epoch ms as text; newer pages only. */
  expires: 'token_expires_at',
  user: 'auth_user',
} as const

const storedUserSchema = z.object({ id: userId })

/**
 * The session a page keeps (`contracts/sub2api.md 5`); `null` when nobody is logged in, when the
 * token is not the stored user's, and when nothing tells how long it lives. Untrusted: the site has
 * to confirm the user.
 */
export function readPage({ values }: PageStorage): SessionTokens | null {
  const bearer = textOf(values[STORED.access])
  const user = storedUserSchema.safeParse(parse(values[STORED.user]))
  if (bearer === null || !user.success) return null
  const claims = readClaims(bearer)
  if (claims.user_id !== undefined && claims.user_id !== user.data.id) return null
  const expiresAtMs = storedMs(values[STORED.expires]) ?? claimedMs(claims.exp)
  if (expiresAtMs === null) return null
  const refreshToken = textOf(values[STORED.refresh])
  return { userId: user.data.id, bearer, expiresAtMs, refreshToken }
}

/** Epoch ms of the `exp` claim. */
export function claimedMs(exp: number | undefined): number | null {
  return exp === undefined ? null : Math.round(exp * 1000)
}

function storedMs(text: string | null | undefined): number | null {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : null
}

function textOf(value: string | null | undefined): string | null {
  const text = tokenText.safeParse(value)
  return text.success ? text.data : null
}

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null') as unknown
  } catch {
    return null
  }
}
