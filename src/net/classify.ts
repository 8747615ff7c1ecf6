import { type Failure, type FailureClass, type Result, failed, ok } from '@/src/domain/failure'

import { isChallenge, isFirewallPage, isHtml } from './challenge'
import { reasonOfCode } from './reason'
import { redact } from './redact'
import type { SiteResponse } from './transport'

/** What is known about the call an answer belongs to. */
export interface CallFacts {
  readonly path: string
  /** Exact values that must never appear in a failure. */
  readonly secrets: readonly string[]
}

/** The body of an answer as far as every envelope has it (`contracts/new-api.md 1.1`). */
export type EnvelopeBody = Readonly<Record<string, unknown>>

type Verdict = Pick<Failure, 'class' | 'reason' | 'field'>

/** Codes whose class differs from `login` (`contracts/new-api.md 1.2`). */
const AUTH_CODES: Readonly<Record<string, FailureClass>> = {
  AUTH_INSUFFICIENT_PRIVILEGE: 'refused',
  AUTH_SESSION_REQUIRED: 'refused',
  AUTH_INTERNAL_ERROR: 'server',
  AUTH_SESSION_LIMIT: 'limit',
  AUTH_SESSION_ISSUANCE_LIMIT: 'limit',
  // Another renewal of the same session is under way: the next attempt finds it done.
  AUTH_REFRESH_RACE: 'limit',
  AUTH_SESSION_MISMATCH: 'identity',
}

/** Known phrases (`contracts/new-api.md 1.3`); the header's name differs between relatives. */
const PHRASES: readonly (readonly [RegExp, Verdict])[] = [
  [
    /与登录用户不匹配|does not match (?:the )?logged[- ]?in user/i,
    { class: 'identity', reason: 'user-mismatch' },
  ],
  [
    /未登录且未提供|not logged in and no access token/i,
    { class: 'login', reason: 'not-logged-in' },
  ],
  [/access token 无效|invalid access token/i, { class: 'login', reason: 'invalid-token' }],
  // DoneHub, of a cookie (`contracts/donehub.md 3.2`).
  [/(?:会话无效|用户校验失败)$/, { class: 'login', reason: 'invalid-session' }],
  // The whole text: the answer to a wrong password names the same case.
  [/^用户已被封禁$/, { class: 'refused', reason: 'user-disabled' }],
  [
    /未提供 [\w-]*User\b|User-?id header not provided|-User header not provided/i,
    { class: 'login', reason: 'user-header-missing' },
  ],
  [
    /User(?:-id)? 格式错误|(?:-User|User-id) header format error/i,
    { class: 'login', reason: 'user-header-format' },
  ],
]

/**
 * The envelope of an answer, or the class of failure it means. The whole decision table of
 * `contracts/new-api.md 1.1, 1.2, 1.6`: never by the status alone, never by text except for the
 * known phrases.
 */
export function classifyAnswer(response: SiteResponse, call: CallFacts): Result<EnvelopeBody> {
  const body = parseJson(response)
  const verdict = judge(response, body)
  if (!verdict) return ok(body as EnvelopeBody)
  const words = siteWords(body)
  const detail = words === '' ? '' : redact(words, call.secrets)
  return failed({
    ...verdict,
    httpStatus: response.status,
    path: call.path,
    ...(detail === '' ? {} : { detail }),
  })
}

/** The `code` of a G2+ error body, if the answer has one. */
export function codeOf(response: SiteResponse): string | null {
  const body = parseJson(response)
  return isObject(body) && typeof body['code'] === 'string' ? body['code'] : null
}

function judge(response: SiteResponse, body: unknown): Verdict | null {
  if (body === undefined) return judgePage(response)
  const code = isObject(body) && typeof body['code'] === 'string' ? body['code'] : ''
  return judgeCode(code) ?? judgeStatus(response.status, body, code)
}

/** An answer without a JSON body. */
function judgePage(response: SiteResponse): Verdict {
  const { status } = response
  if (isChallenge(response)) return { class: 'challenge', reason: 'challenge-page' }
  if (isFirewallPage(response)) return { class: 'challenge', reason: 'firewall-page' }
  // The servers refuse in JSON only: a page with 403 was put in front of them.
  if (status === 403 && isHtml(response)) return { class: 'challenge', reason: 'blocked-page' }
  return judgeBareStatus(status) ?? { class: 'changed-api', reason: 'not-json' }
}

function judgeCode(code: string): Verdict | null {
  const reason = reasonOfCode(code) ?? 'unknown-code'
  if (code.startsWith('AUTH_')) return { class: AUTH_CODES[code] ?? 'login', reason }
  if (/^(?:SECURITY_PROOF|VERIFICATION)_/.test(code)) return { class: 'proof', reason }
  return null
}

function judgeStatus(status: number, body: unknown, code: string): Verdict | null {
  const phrase = status === 401 || status < 300 ? judgePhrase(body) : null
  if (status >= 200 && status < 300) return judgeEnvelope(body, phrase)
  const reason = reasonOfCode(code)
  if (status === 403) return { class: 'refused', reason: reason ?? 'forbidden' }
  // A path the server does not know has no such code.
  if (status === 404 && reason?.endsWith('-not-found')) return { class: 'not-found', reason }
  return phrase ?? judgeBareStatus(status) ?? { class: 'refused', reason: 'client-error' }
}

function judgeBareStatus(status: number): Verdict | null {
  if (status === 401) return { class: 'login', reason: 'unauthorized' }
  if (status === 403) return { class: 'refused', reason: 'forbidden' }
  if (status === 404 || status === 405) return { class: 'unsupported', reason: 'no-such-route' }
  if (status === 429) return { class: 'limit', reason: 'site-asked' }
  if (status >= 500) return { class: 'server', reason: 'server-error' }
  if (status >= 300 && status < 400) return { class: 'changed-api', reason: 'redirected' }
  return status >= 400 ? { class: 'refused', reason: 'client-error' } : null
}

/** A 2xx with JSON: only `success: true` is a success. */
function judgeEnvelope(body: unknown, phrase: Verdict | null): Verdict | null {
  if (!isObject(body) || typeof body['success'] !== 'boolean') {
    // Billing answers by key have no envelope, and errors of theirs are HTTP 200 too (7.2).
    if (errorWords(body) !== '') return { class: 'refused', reason: 'business' }
    return { class: 'changed-api', reason: 'unexpected-shape', field: 'success' }
  }
  if (body['success']) return null
  return phrase ?? { class: 'refused', reason: 'business' }
}

function judgePhrase(body: unknown): Verdict | null {
  if (isObject(body) && body['success'] === true) return null
  const words = siteWords(body)
  return PHRASES.find(([phrase]) => phrase.test(words))?.[1] ?? null
}

function siteWords(body: unknown): string {
  if (!isObject(body)) return ''
  return typeof body['message'] === 'string' ? body['message'] : errorWords(body)
}

/** The text in an error object as relays write it (`contracts/new-api.md 1.1`). */
function errorWords(body: unknown): string {
  const error = isObject(body) ? body['error'] : undefined
  return isObject(error) && typeof error['message'] === 'string' ? error['message'] : ''
}

/** `undefined` = not JSON, by media type or by content (cut off in the middle). */
function parseJson(response: SiteResponse): unknown {
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(response.contentType)) return undefined
  try {
    return JSON.parse(response.text) as unknown
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is EnvelopeBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
