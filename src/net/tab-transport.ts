import * as z from 'zod/mini'

import { type FailureClass, raise } from '@/src/domain/failure'
import type { PageRenewal } from '@/src/domain/page-renewal'

import type { OriginBudgets } from './budgets'
import { noteRateLimit } from './rate-limit'
import type { SiteResponse, Transport } from './transport'

const TIMEOUT_MS = 15_000
const MAX_BYTES = 4 * 1024 * 1024
/** What pages give their own renewal (`contracts/sub2api.md 5`). */
const RENEWAL_TIMEOUT_MS = 30_000

/** What a tab's page script answers; comes out of a foreign page's process, so it is parsed. */
const answerSchema = z.discriminatedUnion('got', [
  z.object({
    got: z.literal('response'),
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    text: z.string(),
  }),
  z.object({
    got: z.literal('failure'),
    reason: z.enum([
      'moved',
      'redirected',
      'unreachable',
      'timeout',
      'too-large',
      'no-lock',
      'renewal-refused',
      'renewal-failed',
    ]),
  }),
  z.object({ got: z.literal('storage'), values: z.record(z.string(), z.nullable(z.string())) }),
])

const CLASS_OF: Record<string, FailureClass> = {
  moved: 'needs-tab',
  redirected: 'changed-api',
  unreachable: 'network',
  timeout: 'network',
  'too-large': 'network',
  'no-lock': 'login',
  'renewal-refused': 'login',
  'renewal-failed': 'server',
}

/** Puts one question to the page script of a tab; rejects when tab or script is gone. */
export type AskPage = (question: unknown) => Promise<unknown>

export interface TabTransportOptions {
  readonly origin: string
  readonly ask: AskPage
  readonly budgets: OriginBudgets
  readonly now: () => number
}

/**
 * A transport whose requests are made by a page of the site itself, in a tab the user has open:
 * with that page's cookies and clearance, and with a genuine `Origin`. They count like all others.
 */
export function createTabTransport({ origin, ask, budgets, now }: TabTransportOptions): Transport {
  return async (request, { signal } = {}) => {
    const release = await budgets.acquire(origin, request.budget, signal)
    try {
      const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }
      const answer = await askTyped(ask, { ask: 'fetch', origin, request, ...limits })
      if (answer.got !== 'response') return raise({ class: 'internal', reason: 'wrong-answer' })
      const response = responseOf(answer)
      const limit = noteRateLimit(response, { ...request, origin }, budgets, now())
      return limit ? raise(limit) : response
    } finally {
      release()
    }
  }
}

/** Reads the named `localStorage` values of the tab's page; a key that is not there is `null`. */
export async function readPageStorage(
  origin: string,
  keys: readonly string[],
  ask: AskPage,
): Promise<Record<string, string | null>> {
  return valuesIn(await askTyped(ask, { ask: 'storage', origin, keys }))
}

/**
 * Has the tab's page renew its session, in line with the site's own pages, and reads the storage
 * values that are there afterwards (`contracts/sub2api.md 6`, mode A). Sends nothing when the page
 * holds another refresh token than `seenRefreshToken`: then the session was renewed already.
 */
export async function renewInPage(
  origin: string,
  renewal: PageRenewal,
  seenRefreshToken: string | null,
  ask: AskPage,
): Promise<Record<string, string | null>> {
  const limits = { timeoutMs: RENEWAL_TIMEOUT_MS }
  return valuesIn(
    await askTyped(ask, { ask: 'renew', origin, renewal, seenRefreshToken, ...limits }),
  )
}

function valuesIn(answer: z.infer<typeof answerSchema>): Record<string, string | null> {
  return answer.got === 'storage'
    ? answer.values
    : raise({ class: 'internal', reason: 'wrong-answer' })
}

async function askTyped(ask: AskPage, question: unknown) {
  let raw: unknown
  try {
    raw = await ask(question)
  } catch (thrown) {
    return raise({ class: 'needs-tab', reason: 'tab-gone' }, thrown)
  }
  const answer = answerSchema.safeParse(raw)
  if (!answer.success) return raise({ class: 'needs-tab', reason: 'no-answer' })
  if (answer.data.got === 'failure') {
    const { reason } = answer.data
    return raise({ class: CLASS_OF[reason] ?? 'internal', reason })
  }
  return answer.data
}

function responseOf(answer: {
  status: number
  headers: Record<string, string>
  text: string
}): SiteResponse {
  const headers = new Headers(answer.headers)
  return {
    status: answer.status,
    contentType: (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    header: (name) => headers.get(name),
    text: answer.text,
  }
}
