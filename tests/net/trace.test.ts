import { expect, test } from 'vitest'

import { raise } from '@/src/domain/failure'
import { traceSchema, TRACE_LIMIT } from '@/src/domain/trace'
import { createTrace, withTrace } from '@/src/net/trace'
import type { SiteRequest, SiteResponse } from '@/src/net/transport'

const GET: SiteRequest = { method: 'GET', path: '/api/x', cookies: 'omit', budget: 'general' }

const answer = (status: number, contentType: string, text: string): SiteResponse => ({
  status,
  contentType,
  header: () => null,
  text,
})

test('notes what was asked and how it ended, in words of ours', async () => {
  let nowMs = 100
  const trace = createTrace(() => nowMs)
  const good = trace.wrap(() => {
    nowMs += 30
    return Promise.resolve(answer(200, 'application/json', '{"secret":"s"}'))
  }, 'worker')
  const bad = trace.wrap(() => raise({ class: 'network', reason: 'timeout', detail: 'x' }), 'tab')
  await good({ ...GET, headers: { authorization: 'Bearer secret' }, query: { token: 'secret' } })
  await bad({ ...GET, method: 'POST', cookies: 'include' }).catch(() => undefined)
  expect(trace.steps()).toEqual([
    {
      atMs: 100,
      method: 'GET',
      path: '/api/x',
      proof: 'authorization',
      via: 'worker',
      outcome: 'answered',
      httpStatus: 200,
      media: 'json',
      tookMs: 30,
    },
    {
      atMs: 130,
      method: 'POST',
      path: '/api/x',
      proof: 'cookie',
      via: 'tab',
      outcome: 'network/timeout',
      tookMs: 0,
    },
  ])
})

test('a request that is still out says so', () => {
  const trace = createTrace(() => 1)
  void trace.wrap(() => new Promise(() => undefined), 'worker')(GET)
  expect(trace.steps()).toMatchObject([{ outcome: 'no-answer' }])
})

test.each<[string, SiteResponse]>([
  ['html', answer(200, 'text/html', '<p>')],
  ['text', answer(200, 'text/plain', 'x')],
  ['empty', answer(429, '', '')],
  ['other', answer(200, 'image/png; secret', 'x')],
])('a body is %s', async (media, response) => {
  const trace = createTrace(() => 1)
  await trace.wrap(() => Promise.resolve(response), 'worker')(GET)
  expect(trace.steps()).toMatchObject([{ media }])
})

test('long work keeps its beginning and its end', async () => {
  let nowMs = 0
  const trace = createTrace(() => nowMs)
  const transport = trace.wrap(() => Promise.resolve(answer(200, '', '')), 'worker')
  for (; nowMs < 200; nowMs += 1) await transport(GET)
  const steps = trace.steps()
  expect(traceSchema.safeParse(steps).success).toBe(true)
  expect(steps).toHaveLength(TRACE_LIMIT)
  expect([steps[0]?.atMs, steps.at(-1)?.atMs]).toEqual([0, 199])
})

test('a failure without requests stays as it is', () => {
  expect(withTrace({ class: 'login' }, [])).toEqual({ class: 'login' })
})
