/** One request as the server saw it. Holds no secret value, so it may be printed by a test. */
export interface RequestRecord {
  method: string
  /** Path as sent. */
  path: string
  /** Route that took it (`/api/token/:id`), or the path itself when none did. */
  route: string
  /** Query parameters; the values of `turnstile`, `token` and `key` are replaced by `***`. */
  query: Record<string, string>
  /** Status answered; 0 while unanswered and for a dropped connection. */
  status: number
  atMs: number
  userIdHeader: string | null
  hadCookie: boolean
  hadAuthorization: boolean
  origin: string | null
}

/** What arrived so far. */
export interface RequestCounters {
  total(): number
  /** Requests of a route such as `/api/user/self` or `/api/token/:id`. */
  count(method: string, pathPattern: string): number
  requests(): RequestRecord[]
  reset(): void
}

const SECRET_PARAMS = new Set(['turnstile', 'token', 'key'])

/** Query parameters without secret values; the first value of a repeated name. */
export function publicQuery(params: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of params) {
    if (!(name in query)) query[name] = SECRET_PARAMS.has(name) && value !== '' ? '***' : value
  }
  return query
}

/** Counters plus the way to add to them. */
export interface RequestLog extends RequestCounters {
  add(record: RequestRecord): void
}

export function createRequestLog(): RequestLog {
  let records: RequestRecord[] = []
  return {
    total: () => records.length,
    count: (method, pathPattern) =>
      records.filter((r) => r.method === method.toUpperCase() && r.route === pathPattern).length,
    requests: () => records.map((record) => ({ ...record })),
    reset: () => {
      records = []
    },
    add: (record) => {
      records.push(record)
    },
  }
}
