import { describe, expect, test } from 'vitest'

import { classifyAnswer } from '@/src/net/classify'
import type { SiteResponse } from '@/src/net/transport'

const JSON_TYPE = 'application/json'
const HTML = 'text/html'

function answer(
  status: number,
  contentType: string,
  body: unknown,
  headers: Record<string, string> = {},
): SiteResponse {
  return {
    status,
    contentType,
    header: (name) => headers[name.toLowerCase()] ?? null,
    text: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

const no = (message: string, code?: string) => ({ success: false, message, code })
const CHALLENGE = '<html><script>window._cf_chl_opt={}</script></html>'

describe('classifyAnswer', () => {
  test('hands on a success, with or without data', () => {
    const body = { success: true, message: '' }
    expect(classifyAnswer(answer(200, JSON_TYPE, body), { path: '/x', secrets: [] })).toEqual({
      ok: true,
      value: body,
    })
  })

  test.each<[string, SiteResponse, string]>([
    ['a business error is HTTP 200', answer(200, JSON_TYPE, no('签到失败')), 'refused/business'],
    [
      'no login on G0',
      answer(401, JSON_TYPE, no('无权进行此操作，未登录且未提供 access token')),
      'login/not-logged-in',
    ],
    [
      'unknown token on G0, HTTP 200',
      answer(200, JSON_TYPE, no('Unauthorized, invalid access token')),
      'login/invalid-token',
    ],
    [
      'another user on G1',
      answer(401, JSON_TYPE, no('无权进行此操作，New-Api-User 与登录用户不匹配')),
      'identity/user-mismatch',
    ],
    [
      'another user, in English',
      answer(401, JSON_TYPE, no('Unauthorized, New-Api-User does not match logged in user')),
      'identity/user-mismatch',
    ],
    [
      'another user at a relative',
      answer(401, JSON_TYPE, no('无权进行此操作，Veloera-User 与登录用户不匹配')),
      'identity/user-mismatch',
    ],
    [
      'missing user header',
      answer(401, JSON_TYPE, no('无权进行此操作，未提供 New-Api-User')),
      'login/user-header-missing',
    ],
    [
      'malformed user header',
      answer(401, JSON_TYPE, no('Unauthorized, New-Api-User header format error')),
      'login/user-header-format',
    ],
    ['401 in an unknown language', answer(401, JSON_TYPE, no('Нет доступа')), 'login/unauthorized'],
    [
      'expired JWT',
      answer(401, JSON_TYPE, no('x', 'AUTH_TOKEN_EXPIRED')),
      'login/auth-token-expired',
    ],
    [
      'a session limit is no login problem',
      answer(409, JSON_TYPE, no('x', 'AUTH_SESSION_LIMIT')),
      'limit/auth-session-limit',
    ],
    [
      'another session',
      answer(409, JSON_TYPE, no('x', 'AUTH_SESSION_MISMATCH')),
      'identity/auth-session-mismatch',
    ],
    [
      'role too low on G2',
      answer(403, JSON_TYPE, no('x', 'AUTH_INSUFFICIENT_PRIVILEGE')),
      'refused/auth-insufficient-privilege',
    ],
    [
      'database error on G2',
      answer(500, JSON_TYPE, no('x', 'AUTH_INTERNAL_ERROR')),
      'server/auth-internal-error',
    ],
    [
      'second factor',
      answer(403, JSON_TYPE, no('x', 'SECURITY_PROOF_REQUIRED')),
      'proof/security-proof-required',
    ],
    [
      'JSON 403 is the site itself',
      answer(403, JSON_TYPE, no('pricing is disabled')),
      'refused/forbidden',
    ],
    [
      'HTML 403 is somebody in front of it',
      answer(403, HTML, '<html>Forbidden</html>'),
      'challenge/blocked-page',
    ],
    ['challenge with 403', answer(403, HTML, CHALLENGE), 'challenge/challenge-page'],
    ['challenge with 503', answer(503, HTML, CHALLENGE), 'challenge/challenge-page'],
    [
      'challenge with 200 (Alibaba)',
      answer(200, HTML, '<script>var arg1="acw_sc__v2"</script>'),
      'challenge/challenge-page',
    ],
    [
      'challenge told by its header',
      answer(403, HTML, '', { 'cf-mitigated': 'challenge' }),
      'challenge/challenge-page',
    ],
    [
      'a Turnstile widget is no challenge',
      answer(200, HTML, '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js">'),
      'changed-api/not-json',
    ],
    ['401 page of a firewall', answer(401, HTML, '<html>no</html>'), 'challenge/firewall-page'],
    ['single-page app', answer(200, HTML, '<!doctype html><div id=root>'), 'changed-api/not-json'],
    ['truncated JSON', answer(200, JSON_TYPE, '{"success":true,"da'), 'changed-api/not-json'],
    [
      'JSON by the wrong media type',
      answer(200, 'text/plain', '{"success":true}'),
      'changed-api/not-json',
    ],
    ['empty 200', answer(200, '', ''), 'changed-api/not-json'],
    ['an array', answer(200, JSON_TYPE, []), 'changed-api/unexpected-shape'],
    ['null', answer(200, JSON_TYPE, 'null'), 'changed-api/unexpected-shape'],
    ['no success field', answer(200, JSON_TYPE, { data: 1 }), 'changed-api/unexpected-shape'],
    [
      'success as text',
      answer(200, JSON_TYPE, { success: 'true' }),
      'changed-api/unexpected-shape',
    ],
    [
      'unknown path',
      answer(404, JSON_TYPE, { error: { message: 'Invalid URL' } }),
      'unsupported/no-such-route',
    ],
    ['unknown method', answer(405, '', ''), 'unsupported/no-such-route'],
    ['gateway page', answer(502, HTML, '<html>Bad gateway</html>'), 'server/server-error'],
    ['empty 500', answer(500, '', ''), 'server/server-error'],
    ['429', answer(429, '', ''), 'limit/site-asked'],
    ['another refusal', answer(400, JSON_TYPE, no('bad')), 'refused/client-error'],
  ])('%s', (_, response, expected) => {
    const result = classifyAnswer(response, { path: '/api/x', secrets: [] })
    if (result.ok) throw new Error('taken for a success')
    expect(`${result.failure.class}/${result.failure.reason ?? ''}`).toBe(expected)
    expect(result.failure).toMatchObject({ httpStatus: response.status, path: '/api/x' })
  })

  test("keeps the site's words without the credential", () => {
    const secret = 'my-own-secret'
    const response = answer(200, JSON_TYPE, no(`no such token ${secret}`))
    expect(classifyAnswer(response, { path: '/x', secrets: [secret] })).toMatchObject({
      failure: { detail: 'no such token […]' },
    })
  })
})
