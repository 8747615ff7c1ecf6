/** An answer before it is sent. */
export interface Reply {
  status: number
  headers: Record<string, string>
  /** `Set-Cookie` values. */
  cookies: string[]
  body: ReplyBody
  /** How long the server works on it before it answers, real milliseconds. */
  workMs?: number
  /** Called when the work is over, whether or not anybody got the answer. */
  whenDone?: () => void
}

type ReplyBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'text'; text: string; contentType: string }
  | { kind: 'empty' }

/** Any JSON value with any status. */
export function jsonReply(value: unknown, status = 200): Reply {
  return { status, headers: {}, cookies: [], body: { kind: 'json', value } }
}

/** `{success:true,message:"",data?}` (`contracts/new-api.md` 1.1). */
export function ok(data?: unknown): Reply {
  return jsonReply({ success: true, message: '', ...(data === undefined ? {} : { data }) })
}

/** `{success:false,message}`; business errors are HTTP 200 (1.1). */
export function fail(message: string, status = 200): Reply {
  return jsonReply({ success: false, message }, status)
}

/** `{success:false,code,message}` of G2+ (1.2). */
export function failCode(status: number, code: string, message: string): Reply {
  return jsonReply({ success: false, code, message }, status)
}

/** Status without a body, as a 429 of the limiter. */
export function emptyReply(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, cookies: [], body: { kind: 'empty' } }
}

export function htmlReply(text: string, status = 200): Reply {
  const body = { kind: 'text' as const, text, contentType: 'text/html; charset=utf-8' }
  return { status, headers: {}, cookies: [], body }
}

/** The 404 of an unknown path under `/api` and `/v1` (1.1). */
export function unknownPath(method: string, path: string): Reply {
  const error = {
    message: `Invalid URL (${method} ${path})`,
    type: 'invalid_request_error',
    param: '',
    code: '',
  }
  return jsonReply({ error }, 404)
}

export function withCookies(reply: Reply, ...cookies: string[]): Reply {
  return { ...reply, cookies: [...reply.cookies, ...cookies] }
}

export function withHeaders(reply: Reply, headers: Record<string, string>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } }
}
