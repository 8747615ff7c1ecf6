import { expect, test } from 'vitest'

import { withDaily } from '@/src/sites/daily-registry'
import { allAdapters } from '@/src/sites/registry'

const FAMILIES = allAdapters.map((adapter) => withDaily(adapter))

test.each(FAMILIES.map((adapter) => [adapter.description.type, adapter] as const))(
  '%s does daily what it is described with',
  (_, { description, checkIn, redeem }) => {
    expect(checkIn !== undefined).toBe(description.capabilities.includes('check-in'))
    expect(redeem !== undefined).toBe(description.capabilities.includes('redeem'))
    // Where only a person can do it, a page has to be known.
    if (checkIn) expect(description.routes.checkIn).toBeDefined()
    if (redeem) expect(description.routes.redeem).toBeDefined()
  },
)

test('which day counts, and what tells that there is a check-in', () => {
  const rules = FAMILIES.flatMap(({ description, checkIn }) =>
    checkIn
      ? [[description.type, checkIn.dayRule, checkIn.offeredBy, checkIn.status !== undefined]]
      : [],
  )
  expect(rules).toEqual([
    ['veloera', 'utc', 'status', true],
    ['model-flare', 'server', 'status', true],
    ['any-router', 'server', 'asking', false],
    ['wong', 'server', 'asking', true],
    ['new-api', 'server', 'status', true],
  ])
})
