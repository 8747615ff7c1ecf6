import type { SiteType } from '@/src/domain/site-type'

/** What is asked when the answer comes; by default the figures of an account. */
export type Asked =
  | 'figures'
  | 'keys'
  | 'remove-key'
  | 'new-token'
  | 'identify'
  | 'session'
  | 'renew'
  | 'sign-in'
  | 'detect'

/** An answer as a contract records it, and what it has to become. */
export interface ErrorRow {
  /** Section of the contract. */
  readonly from: string
  readonly what: string
  readonly status: number
  /** A text as it is, anything else as JSON; absent = empty. */
  readonly body?: unknown
  /** Media type; by default JSON, and plain text for a text. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly asked?: Asked
  /** `class/reason`; of a renewal after what became of the token. */
  readonly expected: string
}

/** The errors one contract records. */
export interface ErrorTable {
  readonly contract: string
  /** The adapter that gets the answers. */
  readonly family: SiteType
  readonly rows: readonly ErrorRow[]
}

/** One row, in the order it is read: where from, what, the answer, what it means. */
export function row(
  from: string,
  what: string,
  answer: Pick<ErrorRow, 'status' | 'body' | 'type' | 'headers'>,
  expected: string,
  asked?: Asked,
): ErrorRow {
  return { from, what, ...answer, expected, ...(asked ? { asked } : {}) }
}

/** `{success: false, message}`, HTTP 200 unless told otherwise. */
export const no = (message: string, status = 200) => ({ status, body: { success: false, message } })

/** A refusal of G2 and later. */
export const coded = (status: number, code: string) => ({
  status,
  body: { success: false, code, message: 'human text' },
})

/** The error object of calls by key. */
export const errorObject = (status: number, type: string, message: string, code = '') => ({
  status,
  body: { error: { message: `${message} (request id: 20260101)`, type, param: '', code } },
})

export const page = (status: number, text: string, headers: Record<string, string> = {}) => ({
  status,
  body: text,
  type: 'text/html; charset=utf-8',
  headers,
})

export const empty = (status: number, headers: Record<string, string> = {}) => ({ status, headers })

export const unknownPath = (method: string, path: string) => ({
  status: 404,
  body: {
    error: {
      message: `Invalid URL (${method} ${path})`,
      type: 'invalid_request_error',
      param: '',
      code: '',
    },
  },
})

/** The same texts, each with its section. */
export const texts = (from: string, messages: readonly string[], expected = 'refused/business') =>
  messages.map((message) => row(from, message, no(message), expected))
