import type { PageAnswer, PageFailure, RenewQuestion } from '@/src/messaging/page-channel'

type Keys = RenewQuestion['renewal']['keys']

/** What the page keeps of its session. */
interface Stored {
  readonly values: Readonly<Record<string, string | null>>
  readonly refresh: string | null
  /** `null` = nobody. */
  readonly userId: number | null
}

interface Pair {
  readonly access: string
  readonly refresh: string
  readonly expiresAtMs: number
}

/**
 * Renews the session a page of the site owns, as the page itself would (`contracts/sub2api.md 5, 6`,
 * mode A step 4): inside the Web Lock of the site's pages, so that the one-time token is sent by one
 * of them only. Storage is written only when nobody else touched the session meanwhile, and is
 * never cleared.
 */
export async function renewSession(question: RenewQuestion): Promise<PageAnswer> {
  // Only secure contexts have locks, whatever the types say.
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return failure('no-lock')
  const signal = AbortSignal.timeout(question.timeoutMs)
  try {
    return await locks.request(question.renewal.lock, { signal }, () => renewHeld(question))
  } catch (thrown) {
    return failure(thrown === signal.reason ? 'timeout' : 'renewal-failed')
  }
}

async function renewHeld(question: RenewQuestion): Promise<PageAnswer> {
  const { keys } = question.renewal
  const before = readStored(keys)
  const { refresh, userId } = before
  // Somebody renewed, logged out or logged in since the worker looked, or there is nothing to send.
  if (!refresh || refresh !== question.seenRefreshToken || userId === null) return answerOf(before)
  const pair = await requestPair(question, refresh)
  const now = readStored(keys)
  // What somebody else wrote meanwhile wins over whatever came back.
  if (now.refresh !== refresh || now.userId !== userId) return answerOf(now)
  if (typeof pair === 'string') return failure(pair)
  store(keys, pair)
  return answerOf(readStored(keys))
}

/** Sends the token once; an answer that is not a whole new pair is none. */
async function requestPair(
  { origin, renewal, timeoutMs }: RenewQuestion,
  refreshToken: string,
): Promise<Pair | PageFailure> {
  const url = new URL(renewal.path, origin)
  if (url.origin !== origin) return 'moved'
  const startedAtMs = Date.now()
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: refreshToken }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal,
    })
    if (response.type === 'opaqueredirect') return 'redirected'
    if (isRefusal(response)) return 'renewal-refused'
    const pair = response.ok ? pairIn(await response.text(), startedAtMs) : null
    return pair ?? 'renewal-failed'
  } catch {
    return signal.aborted ? 'timeout' : 'unreachable'
  }
}

/** The site refuses in JSON only; a page was put in front of it (`contracts/sub2api.md 2`). */
function isRefusal({ status, headers }: Response): boolean {
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  return isJson && (status === 401 || status === 403)
}

/** The pair of a complete answer (`contracts/sub2api.md 4.3`). */
function pairIn(text: string, startedAtMs: number): Pair | null {
  const body = parse(text)
  const data = field(body, 'code') === 0 ? field(body, 'data') : null
  const access = field(data, 'access_token')
  const refresh = field(data, 'refresh_token')
  const seconds = field(data, 'expires_in')
  if (typeof access !== 'string' || typeof refresh !== 'string') return null
  if (access === '' || refresh === '' || typeof seconds !== 'number' || !(seconds > 0)) return null
  return { access, refresh, expiresAtMs: Math.round(startedAtMs + seconds * 1000) }
}

/** In the order of the pages: a changed refresh token tells them that the session is complete. */
function store(keys: Keys, { access, refresh, expiresAtMs }: Pair): void {
  localStorage.setItem(keys.access, access)
  localStorage.setItem(keys.expires, String(expiresAtMs))
  localStorage.setItem(keys.refresh, refresh)
}

function readStored(keys: Keys): Stored {
  const read = (key: string) => localStorage.getItem(key)
  const values = Object.fromEntries(Object.values(keys).map((key) => [key, read(key)]))
  const id = field(parse(read(keys.user) ?? ''), 'id')
  return { values, refresh: read(keys.refresh), userId: typeof id === 'number' ? id : null }
}

function answerOf({ values }: Stored): PageAnswer {
  return { got: 'storage', values: { ...values } }
}

function failure(reason: PageFailure): PageAnswer {
  return { got: 'failure', reason }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
