import { describe, expect, test } from 'vitest'

import { type Failure, failureOf, raise } from '@/src/domain/failure'
import { certainly } from '@/src/sites/uncertain'

const thrownBy = (failure: Failure) =>
  certainly(() => Promise.resolve().then(() => raise(failure))).catch(failureOf)

describe('a change', () => {
  test('that was answered is passed on', async () => {
    expect(await certainly(() => Promise.resolve(5))).toBe(5)
  })

  test.each<Failure>([
    { class: 'network', reason: 'timeout' },
    { class: 'network', reason: 'cut-off' },
    { class: 'network', reason: 'unreachable' },
    { class: 'network', reason: 'too-large' },
    { class: 'server', reason: 'server-error', httpStatus: 502 },
    { class: 'changed-api', reason: 'not-json', httpStatus: 200 },
    { class: 'cancelled' },
  ])('may have happened after $class $reason', async (failure) => {
    expect(await thrownBy({ ...failure, path: '/api/x' })).toEqual({
      ...failure,
      path: '/api/x',
      class: 'interrupted',
      reason: 'uncertain',
    })
  })

  test.each<Failure>([
    { class: 'refused', reason: 'business', httpStatus: 200 },
    { class: 'login', reason: 'unauthorized', httpStatus: 401 },
    { class: 'limit', reason: 'budget' },
    { class: 'challenge', reason: 'challenge-page', httpStatus: 403 },
    { class: 'access', reason: 'no-permission' },
    { class: 'network', reason: 'resting', retryAtMs: 5 },
    { class: 'server', reason: 'resting', retryAtMs: 5 },
    { class: 'changed-api', reason: 'redirected' },
    { class: 'unsupported', reason: 'no-such-route', httpStatus: 404 },
  ])('did not happen after $class $reason', async (failure) => {
    expect(await thrownBy(failure)).toEqual(failure)
  })
})
