import { raise, type Result, unwrap } from '@/src/domain/failure'
import type { Capability } from '@/src/domain/site-description'
import type { SiteContext } from '@/src/sites/adapter'

import { expect, NotOffered } from '../ledger'
import type { Subject } from '../subject'
import { watch } from '../wire'

const NONE = 'this software has none'

/** Whether the family says that it can. */
export const declares = ({ adapter }: Subject, capability: Capability): boolean =>
  adapter.description.capabilities.includes(capability)

/**
 * The value of an operation that not every family has. What is declared must work; what is not must
 * be refused by the adapter itself, without a call.
 *
 * @throws NotOffered where that is so, Broken where it is not
 */
export async function offered<T>(
  { wire }: Subject,
  isDeclared: boolean,
  work: () => Promise<Result<T>>,
): Promise<T> {
  const { value: result, sent } = await watch(wire, work)
  const isRefused = !result.ok && result.failure.class === 'unsupported'
  if (isDeclared) {
    expect(!isRefused || sent.length > 0, 'declared, but the adapter refuses it')
    return unwrap(result)
  }
  expect(!result.ok, 'works, but is not declared')
  if (!isRefused) return unwrap(result)
  expect(sent.length === 0, 'not declared, but the site is asked for it')
  throw new NotOffered(NONE)
}

/**
 * As {@link offered}, for what is not declared and would change the site: nothing it sends leaves.
 *
 * @throws NotOffered where the adapter refuses, Broken where it does not
 */
export async function neverSent(
  { ctx }: Subject,
  work: (ctx: SiteContext) => Promise<Result<unknown>>,
): Promise<never> {
  const asked: string[] = []
  const result = await work({
    ...ctx,
    transport: ({ path }) => {
      asked.push(path)
      return Promise.reject(new Error('not declared'))
    },
  })
  expect(asked.length === 0, `not declared, but ${asked[0] ?? ''} would be asked`)
  expect(!result.ok, 'works, but is not declared')
  if (result.failure.class !== 'unsupported') return raise(result.failure)
  throw new NotOffered(NONE)
}
