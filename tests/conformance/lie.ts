import { expect } from 'vitest'

import type { SiteDouble } from '@/e2e/relays/kit/site-double'

import { conformance, reportOf } from './command'
import { type Family, start } from './families'

/** Which requests are lied to, and how. */
export type Lie = Parameters<SiteDouble['faults']['set']>

/** Runs the command against a site that lies in these ways. */
export async function lie(family: Family, args: readonly string[], ...lies: readonly Lie[]) {
  const { args: at, relay } = await start(family)
  for (const one of lies) relay.faults.set(...one)
  const outcome = await conformance([...at, ...args])
  expect(outcome.code).toBe(1)
  const report = reportOf(outcome)
  expect(report.ok).toBe(false)
  return { report, outcome }
}
