import { jsonReply, withHeaders, type Reply } from '../kit/reply'

/** `{code:0,message:"success",data}`; `data` is left out when it is null (`contracts/sub2api.md` 2). */
export function success(data?: unknown): Reply {
  const hasData = data !== undefined && data !== null
  return jsonReply({ code: 0, message: 'success', ...(hasData ? { data } : {}) })
}

/** Error of a handler: numeric `code` = HTTP status, `reason` where there is one (2). */
export function handlerError(status: number, message: string, reason?: string): Reply {
  return jsonReply({ code: status, message, ...(reason === undefined ? {} : { reason }) }, status)
}

/** Error of a middleware: `code` is a string (2). */
export function middlewareError(status: number, code: string, message: string): Reply {
  return jsonReply({ code, message }, status)
}

/** A body that does not bind: 400 without a reason. The wording after the colon is not in the contract. */
export function badRequest(detail: string): Reply {
  return handlerError(400, `Invalid request: ${detail}`)
}

/** 429 of the limiter in front of the auth endpoints: no `code` at all (2). */
export function authLimited(retryAfterSec: number): Reply {
  const body = {
    error: 'rate limit exceeded',
    message: 'Too many requests, please try again later',
  }
  return withHeaders(jsonReply(body, 429), { 'retry-after': String(retryAfterSec) })
}

/** 429 of the panel limiter (2). */
export function panelLimited(retryAfterSec: number): Reply {
  const message = 'Too many requests, please slow down and try again later'
  const reply = middlewareError(429, 'RATE_LIMITED', message)
  return withHeaders(reply, { 'retry-after': String(retryAfterSec) })
}

/** Plain text for an unknown path of the API (2). */
export function pageNotFound(): Reply {
  const body = { kind: 'text' as const, text: '404 page not found', contentType: 'text/plain' }
  return { status: 404, headers: {}, cookies: [], body }
}
