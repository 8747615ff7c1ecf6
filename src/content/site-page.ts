import type { PageAnswer, PageFailure, PageQuestion } from '@/src/messaging/page-channel'

import { renewSession } from './renew-session'

/** Headers worth reporting; cookies are never readable here. */
const REPORTED_HEADERS = [
  'content-type',
  'retry-after',
  'cf-mitigated',
  'server',
  'x-new-api-version',
  'x-oneapi-request-id',
  'auth-version',
]

/**
 * Answers one question of the worker inside a tab of the site. Runs with the page's own cookies
 * and origin, reads only the storage keys it is given, and refuses once the page has moved on.
 */
export async function answerQuestion(question: PageQuestion): Promise<PageAnswer> {
  if (location.origin !== question.origin) return failure('moved')
  switch (question.ask) {
    case 'storage':
      return readStorage(question.keys)
    case 'fetch':
      return fetchHere(question)
    case 'renew':
      return renewSession(question)
  }
}

function failure(reason: PageFailure): PageAnswer {
  return { got: 'failure', reason }
}

function readStorage(keys: readonly string[]): PageAnswer {
  const values: Record<string, string | null> = {}
  for (const key of keys) values[key] = localStorage.getItem(key)
  return { got: 'storage', values }
}

async function fetchHere(question: Extract<PageQuestion, { ask: 'fetch' }>): Promise<PageAnswer> {
  const { request } = question
  const url = new URL(request.path, question.origin)
  for (const [name, value] of Object.entries(request.query ?? {})) {
    url.searchParams.set(name, String(value))
  }
  if (url.origin !== question.origin) return failure('moved')
  const timeout = AbortSignal.timeout(question.timeoutMs)
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: {
        ...request.headers,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      credentials: request.cookies,
      cache: 'no-store',
      redirect: 'manual',
      signal: timeout,
    })
    if (response.type === 'opaqueredirect') return failure('redirected')
    const text = await readCapped(response, question.maxBytes)
    if (text === null) return failure('too-large')
    return { got: 'response', status: response.status, headers: reported(response.headers), text }
  } catch {
    return failure(timeout.aborted ? 'timeout' : 'unreachable')
  }
}

function reported(headers: Headers): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of REPORTED_HEADERS) {
    const value = headers.get(name)
    if (value !== null) found[name] = value
  }
  return found
}

async function readCapped(response: Response, maxBytes: number): Promise<string | null> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const chunk = await reader.read()
    if (chunk.done) return text + decoder.decode()
    bytes += chunk.value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
}
