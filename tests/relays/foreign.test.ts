// @vitest-environment node
import { afterEach, expect, test } from 'vitest'

import {
  notFoundServer,
  redirector,
  silentServer,
  spaEverywhere,
  staticSite,
  unrelatedApp,
} from '../../e2e/relays/foreign/sites'
import type { ForeignSite } from '../../e2e/relays/foreign/foreign-site'
import { startTestSite, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const STATUS = '/api/status'
const HTML = 'text/html; charset=utf-8'

/** Status and media type of the two addresses every recognition asks for. */
async function look(made: ForeignSite) {
  const { site, call } = await startTestSite(made)
  const root = await call('GET', '/?a=1')
  const api = await call('POST', STATUS, { body: {} })
  expect(site.counters.count('POST', STATUS)).toBe(1)
  expect(site.counters.requests().map(({ path }) => path)).toEqual(['/', STATUS])
  const brief = ({ status, headers }: typeof root) => [status, headers.get('content-type')]
  return { root, api, briefs: [brief(root), brief(api)] }
}

test('unrelatedApp has JSON of its own and a title that misleads', async () => {
  const { root, api, briefs } = await look(unrelatedApp())
  expect(briefs).toEqual([
    [200, HTML],
    [200, 'application/json; charset=utf-8'],
  ])
  expect(root.text).toContain('<title>New API Garden</title>')
  expect(api.json).toEqual({ status: 'ok', data: [] })
})

test('staticSite has one page', async () => {
  const { briefs } = await look(staticSite())
  expect(briefs).toEqual([
    [200, HTML],
    [404, HTML],
  ])
})

test('notFoundServer knows nothing', async () => {
  const { briefs } = await look(notFoundServer())
  expect(briefs).toEqual([
    [404, 'text/plain'],
    [404, 'text/plain'],
  ])
})

test('spaEverywhere answers its page for the API too', async () => {
  const { api, briefs } = await look(spaEverywhere({ title: 'One API' }))
  expect(briefs).toEqual([
    [200, HTML],
    [200, HTML],
  ])
  expect(api.text).toContain('<title>One API</title>')
})

test('redirector leads to the same path of another origin', async () => {
  const { root, api } = await look(redirector('http://elsewhere.test:8080/ignored'))
  expect([root.status, root.headers.get('location')]).toEqual([
    302,
    'http://elsewhere.test:8080/?a=1',
  ])
  expect(api.headers.get('location')).toBe(`http://elsewhere.test:8080${STATUS}`)
})

test('silentServer takes a request and keeps it', async () => {
  const { site, origin } = await startTestSite(silentServer())
  const signal = AbortSignal.timeout(50)
  await expect(fetch(origin + STATUS, { signal })).rejects.toThrow()
  expect(site.counters.requests()).toMatchObject([{ path: STATUS, status: 0 }])
})
