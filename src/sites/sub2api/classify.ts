import { type Failure, type Result, failed, ok } from '@/src/domain/failure'
import { isChallenge, isFirewallPage, isHtml } from '@/src/net/challenge'
import type { CallFacts } from '@/src/net/classify'
import { reasonOfCode } from '@/src/net/reason'
import { redact } from '@/src/net/redact'
import type { SiteResponse } from '@/src/net/transport'

/** A JSON object as it came. */
type Body = Readonly<Record<string, unknown>>
type Verdict = Pick<Failure, 'class' | 'reason' | 'field'>

const DISABLED: Verdict = { class: 'refused', reason: 'user-disabled' }
const BACKEND_MODE: Verdict = { class: 'refused', reason: 'backend-mode' }
const NO_SUCCESS: Verdict = { class: 'changed-api', reason: 'unexpected-shape', field: 'code' }

/** Codes that mean something else than their status (`contracts/sub2api.md 4.4, 4.5`). */
const CODES: ReadonlyMap<string, Verdict> = new Map([
  ['USER_INACTIVE', DISABLED],
  ['USER_NOT_ACTIVE', DISABLED],
  ['BACKEND_MODE_ADMIN_ONLY', BACKEND_MODE],
  ['TURNSTILE_VERIFICATION_FAILED', { class: 'proof', reason: 'captcha' }],
  ['TOTP_INVALID_CODE', { class: 'proof', reason: 'totp-invalid-code' }],
  ['TOTP_TOO_MANY_ATTEMPTS', { class: 'limit', reason: 'totp-too-many-attempts' }],
])

/**
 * The body of a successful answer, or the class of failure it means: all error forms of
 * `contracts/sub2api.md 2`. Only a 2xx with the number 0 as `code` is a success.
 */
export function classifyAnswer(response: SiteResponse, call: CallFacts): Result<Body> {
  const body = parseBody(response)
  const verdict = body ? judgeJson(response.status, body) : judgePage(response)
  if (!verdict) return ok(body ?? {})
  const message = typeof body?.['message'] === 'string' ? body['message'] : ''
  const detail = message === '' ? '' : redact(message, call.secrets)
  return failed({
    ...verdict,
    httpStatus: response.status,
    path: call.path,
    ...(detail === '' ? {} : { detail }),
  })
}

/** The JSON object of an answer; `null` = none, by media type or by content (cut off in the middle). */
export function parseBody(response: SiteResponse): Body | null {
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(response.contentType)) return null
  try {
    const body = JSON.parse(response.text) as unknown
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
    return isObject ? (body as Body) : null
  } catch {
    return null
  }
}

/** An answer without a JSON body: something else is there, or stands in front of the site. */
function judgePage(response: SiteResponse): Verdict {
  const { status } = response
  if (isChallenge(response)) return { class: 'challenge', reason: 'challenge-page' }
  if (isFirewallPage(response)) return { class: 'challenge', reason: 'firewall-page' }
  if (status === 403 && isHtml(response)) return { class: 'challenge', reason: 'blocked-page' }
  if (status === 404 || status === 405) return { class: 'unsupported', reason: 'no-such-route' }
  if (status === 429) return { class: 'limit', reason: 'site-asked' }
  if (status >= 500) return { class: 'server', reason: 'server-error' }
  // Also with 401: logins are refused in JSON, so this one comes from a proxy.
  return { class: 'changed-api', reason: 'not-json' }
}

function judgeJson(status: number, body: Body): Verdict | null {
  if (status < 300) return body['code'] === 0 ? null : NO_SUCCESS
  const code = machineCode(body)
  return CODES.get(code) ?? judgeStatus(status, body, code)
}

/** `code`: the site's name for what went wrong, `''` = it gave none. */
function judgeStatus(status: number, body: Body, code: string): Verdict {
  const reason = reasonOfCode(code)
  switch (status) {
    case 401:
      return { class: 'login', reason: reason ?? 'unauthorized' }
    case 403:
      if (code === '' && saysBackendMode(body)) return BACKEND_MODE
      return { class: 'refused', reason: reason ?? 'forbidden' }
    case 404:
      return code === ''
        ? { class: 'unsupported', reason: 'no-such-route' }
        : { class: 'not-found', reason: reason ?? 'unknown-code' }
    case 405:
      return { class: 'unsupported', reason: 'no-such-route' }
    case 429:
      return { class: 'limit', reason: 'site-asked' }
  }
  if (status >= 500) return { class: 'server', reason: reason ?? 'server-error' }
  if (status < 400) return { class: 'changed-api', reason: 'redirected' }
  return { class: 'refused', reason: reason ?? 'client-error' }
}

/** `reason`, `code` or `error`, whichever is a name first (`contracts/sub2api.md 2`). */
function machineCode(body: Body): string {
  const name = [body['reason'], body['code'], body['error']].find(
    (value) => typeof value === 'string',
  )
  return name !== undefined && /^[A-Za-z][A-Za-z0-9_]{2,59}$/.test(name) ? name : ''
}

/** The one refusal that has a text only (`contracts/sub2api.md 4.5`). */
function saysBackendMode({ message }: Body): boolean {
  return typeof message === 'string' && /^backend mode is active/i.test(message)
}
