import { expect, test } from 'vitest'

import type { SiteRequest } from '@/src/net/transport'
import { withLate } from '@/src/sites/late-registry'
import { allAdapters } from '@/src/sites/registry'

import { healthyBody } from './fuzz-answers'
import { type Call, CALLS, callsWithIds } from './fuzz-calls'
import { WRONG_IDS } from './fuzz-key-calls'
import { createRandom } from './fuzz-random'
import { makeCredentials } from './fuzz-secrets'

const ORIGIN = 'https://relay.example'
const CREDENTIALS = makeCredentials(createRandom(7))

/** What a call asks of a site where all is well. */
async function requestsOf(call: Call): Promise<readonly SiteRequest[]> {
  const asked: SiteRequest[] = []
  await call.run(
    {
      origin: ORIGIN,
      now: () => Date.now(),
      transport: (request) => {
        asked.push(request)
        return Promise.resolve({
          status: 200,
          contentType: 'application/json',
          header: () => null,
          text: JSON.stringify(healthyBody(call.family, request.path, Date.now())),
        })
      },
    },
    CREDENTIALS,
  )
  return asked
}

const addressOf = ({ path, query = {} }: SiteRequest) => {
  const url = new URL(ORIGIN + path)
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value))
  return url
}

test('every call stays at its origin and carries no credential in its address', async () => {
  let count = 0
  const ways = new Set<string>()
  for (const call of CALLS) {
    for (const request of await requestsOf(call)) {
      const { origin, href, pathname } = addressOf(request)
      const where = `${call.family} ${call.name}: ${request.method} ${request.path}`
      expect(origin, where).toBe(ORIGIN)
      expect(pathname, where).toBe(request.path)
      const secrets = Object.values(CREDENTIALS as unknown as Record<string, string>)
      expect(
        secrets.filter((secret) => decodeURIComponent(href).includes(secret)),
        where,
      ).toEqual([])
      // What goes by a token or a bearer goes without the browser's login.
      const withProof = 'Authorization' in (request.headers ?? {})
      expect(withProof && request.cookies === 'include', where).toBe(false)
      count += 1
      ways.add(`${call.family} ${request.method}`)
    }
  }
  expect(count).toBeGreaterThan(CALLS.length / 2)
  // It came to the calls that change something.
  const makers = allAdapters
    .map(withLate)
    .filter(({ keys }) => keys)
    .map(({ description }) => description.type)
  expect(makers.length).toBeGreaterThan(10)
  for (const family of makers) {
    const changes = family === 'open-router' ? ['POST', 'PATCH'] : ['POST', 'PUT']
    for (const method of [...changes, 'DELETE']) expect(ways).toContain(`${family} ${method}`)
  }
})

test('an id that no site gives leads nowhere else', async () => {
  for (const call of callsWithIds(WRONG_IDS)) {
    for (const request of await requestsOf(call)) {
      const { origin, pathname } = addressOf(request)
      const where = `${call.family} ${call.name}: ${request.method} ${request.path}`
      expect(origin, where).toBe(ORIGIN)
      expect(pathname, where).toBe(request.path)
      expect(request.path, where).not.toMatch(/evil|etc|\?|\/\//)
    }
  }
})
