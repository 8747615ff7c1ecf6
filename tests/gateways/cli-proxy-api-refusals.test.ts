import { describe, expect, test } from 'vitest'

import { createCliProxyApi as createClient } from '@/src/services/exports/cli-proxy-api/client'

import {
  type CliProxyApiOptions,
  createCliProxyApi as createDouble,
} from '../../e2e/gateways/cli-proxy-api/server'
import { sendHtml, sendJson, startLoopback } from '../net/loopback'
import { failureFrom, lineTo, makeRecord, makeWish, serve } from './support'

const PATH = '/v0/management'

async function start(options: CliProxyApiOptions = {}) {
  const { gateway, origin } = await serve(createDouble(options))
  const clientWith = (secret: string) => createClient(lineTo(origin, PATH, secret))
  return { gateway, clientWith }
}

describe('the test of a gateway', () => {
  test('is one request, and tells the version', async () => {
    const { gateway, clientWith } = await start()
    const told = await clientWith('management-secret').test()
    expect(told).toEqual({ version: '7.2.140', generation: 'v0' })
    expect(gateway.requests).toHaveLength(1)
  })

  test('with a wrong key is one request and never a second one', async () => {
    const { gateway, clientWith } = await start()
    expect(await failureFrom(clientWith('wrong-secret').test())).toMatchObject({
      class: 'login',
      reason: 'gateway-key-wrong',
      httpStatus: 401,
    })
    expect(gateway.requests).toHaveLength(1)
  })

  test('without a key sends nothing: it would count as a failed try', async () => {
    const { gateway, clientWith } = await start()
    expect(await failureFrom(clientWith('').test())).toEqual({
      class: 'login',
      reason: 'gateway-key-missing',
    })
    expect(gateway.requests).toEqual([])
  })

  test('after five wrong keys says until when everybody is locked out, the right key included', async () => {
    const start0 = Date.now()
    const { clientWith, gateway } = await start()
    for (let count = 0; count < 5; count++) await failureFrom(clientWith('wrong-secret').test())
    const failure = await failureFrom(clientWith('management-secret').test())
    expect(failure).toMatchObject({ class: 'limit', reason: 'gateway-banned', httpStatus: 403 })
    const waitMs = (failure?.retryAtMs ?? 0) - start0
    expect(waitMs).toBeGreaterThan(29 * 60_000)
    expect(waitMs).toBeLessThan(31 * 60_000)
    expect(gateway.requests).toHaveLength(6)
  })

  test.each([
    ['off', { secret: null }, { class: 'unsupported', reason: 'gateway-disabled' }],
    ['without a key of its own', { secret: '' }, { reason: 'gateway-key-not-set' }],
    ['for its own computer only', { isRemote: true }, { reason: 'gateway-remote-disabled' }],
  ] as const)('of one whose management is %s says so', async (_, options, failure) => {
    const { clientWith } = await start(options)
    expect(await failureFrom(clientWith('management-secret').test())).toMatchObject(failure)
  })

  test.each([
    ['a page', 200, '<!doctype html><title>x</title>'],
    ['a page that is not there', 404, '<!doctype html><title>x</title>'],
    ['other JSON', 200, '{"data":[]}'],
    ['a list that is none', 200, '{"openai-compatibility":"x"}'],
    ['JSON of another 404', 404, '{"detail":"Not Found"}'],
  ])('that gets %s knows that it is another program', async (_, status, text) => {
    const { origin } = await startLoopback((_request, response) => {
      if (text.startsWith('<')) sendHtml(response, text, status)
      else sendJson(response, JSON.parse(text), status)
    })
    const client = createClient(lineTo(origin, PATH, 'management-secret'))
    expect(await failureFrom(client.test())).toMatchObject({
      class: 'changed-api',
      reason: 'gateway-unknown-program',
    })
  })

  test('follows no redirect with the key', async () => {
    const { origin, seen } = await startLoopback((request, response) => {
      response.writeHead(307, { location: request.path.replace('management', 'elsewhere') }).end()
    })
    const client = createClient(lineTo(origin, PATH, 'management-secret'))
    expect(await failureFrom(client.test())).toMatchObject({ reason: 'redirected' })
    expect(seen).toHaveLength(1)
  })
})

describe('failures', () => {
  test('never hold the management key, our key or anybody else’s, whatever the server says', async () => {
    const own = 'Xy/own+key.Zz'
    const others = 'plain-other-key'
    const { origin } = await startLoopback(({ method, headers, body }, response) => {
      if (method !== 'GET') {
        const error = `failed to save config: ${headers.authorization ?? ''} ${body} ${others}`
        sendJson(response, { error }, 500)
        return
      }
      const entry = { name: 'a', 'base-url': 'https://a.example', 'api-keys': [others] }
      sendJson(response, { 'openai-compatibility': [entry] })
    })
    const client = createClient(lineTo(origin, PATH, 'management secret'))
    const failure = await failureFrom(client.place(makeRecord({ key: own }), makeWish()))
    expect(failure).toMatchObject({ class: 'server', reason: 'gateway-save-failed' })
    const text = JSON.stringify(failure)
    for (const secret of [own, others, 'management secret']) expect(text).not.toContain(secret)
  })
})
