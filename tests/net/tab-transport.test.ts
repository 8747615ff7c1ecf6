import { describe, expect, test } from 'vitest'

import { failureOf } from '@/src/domain/failure'
import type { PageAnswer } from '@/src/messaging/page-channel'
import { createBudgets } from '@/src/net/budgets'
import { createTabTransport, readPageStorage } from '@/src/net/tab-transport'

const ORIGIN = 'https://relay.example'
/** What we allow ourselves of the bucket shared with the user's own login. */
const CRITICAL_CALLS = 15
const get = { method: 'GET', path: '/api/x', cookies: 'include', budget: 'general' } as const

function transportOver(ask: (question: unknown) => Promise<unknown>) {
  const clock = { nowMs: 1_790_000_000_000 }
  const now = () => clock.nowMs
  return createTabTransport({ origin: ORIGIN, ask, budgets: createBudgets({ now }), now })
}

const answering = (answer: PageAnswer) => transportOver(() => Promise.resolve(answer))

const failureFrom = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => failureOf(thrown),
  )

const response = (status: number, headers: Record<string, string> = {}): PageAnswer => ({
  got: 'response',
  status,
  headers,
  text: '{}',
})

describe('requests made by a page of the site', () => {
  test('bring back any status, with headers read regardless of case', async () => {
    const answer = await answering(
      response(418, {
        'content-type': 'Application/JSON; charset=utf-8',
        'x-new-api-version': 'v1',
      }),
    )(get)
    expect(answer).toMatchObject({ status: 418, contentType: 'application/json', text: '{}' })
    expect(answer.header('X-New-Api-Version')).toBe('v1')
  })

  test.each([
    ['moved', 'needs-tab'],
    ['redirected', 'changed-api'],
    ['unreachable', 'network'],
    ['timeout', 'network'],
    ['too-large', 'network'],
  ] as const)('%s is a failure of class %s', async (reason, expected) => {
    const failure = await failureFrom(answering({ got: 'failure', reason })(get))
    expect(failure).toMatchObject({ class: expected, reason })
  })

  test('a tab that is gone, or answers nonsense, is told apart from a site that fails', async () => {
    const gone = transportOver(() => Promise.reject(new Error('No tab with id 7')))
    expect(await failureFrom(gone(get))).toMatchObject({ class: 'needs-tab', reason: 'tab-gone' })
    for (const nonsense of [undefined, 'ok', { got: 'response', status: '200' }]) {
      const odd = transportOver(() => Promise.resolve(nonsense))
      expect(await failureFrom(odd(get))).toMatchObject({ class: 'needs-tab' })
    }
  })

  test('count in the budgets of the origin, and a 429 keeps everybody away', async () => {
    let asked = 0
    const critical = { ...get, method: 'POST', budget: 'critical' } as const
    const transport = transportOver(() => {
      asked += 1
      return Promise.resolve(response(200))
    })
    for (let call = 0; call < CRITICAL_CALLS; call += 1) await transport(critical)
    expect(await failureFrom(transport(critical))).toMatchObject({ class: 'limit' })
    expect(asked).toBe(CRITICAL_CALLS)

    const limited = answering(response(429, { 'retry-after': '30' }))
    expect(await failureFrom(limited(get))).toMatchObject({ class: 'limit', httpStatus: 429 })
  })

  test('a cancelled one is not sent', async () => {
    let asked = 0
    const transport = transportOver(() => {
      asked += 1
      return Promise.resolve(response(200))
    })
    const failure = await failureFrom(transport(get, { signal: AbortSignal.abort() }))
    expect(failure).toEqual({ class: 'cancelled' })
    expect(asked).toBe(0)
  })
})

test('storage of the page comes back as it is, absent keys as null', async () => {
  const ask = () => Promise.resolve({ got: 'storage', values: { user: '{"id":7}', uid: null } })
  expect(await readPageStorage(ORIGIN, ['user', 'uid'], ask)).toEqual({
    user: '{"id":7}',
    uid: null,
  })
})
