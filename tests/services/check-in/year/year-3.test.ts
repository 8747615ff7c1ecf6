import { expect, test } from 'vitest'

import { proveYears } from './prove'

test('250 years: one check-in per day of the site and account, no double, no miss', async () => {
  const { demanded } = await proveYears({ runs: 250, part: 3 })
  expect(demanded).toBeGreaterThan(250 * 100)
}, 480_000)
