import { beforeEach, describe, expect, test } from 'vitest'

import { parseGatewayAddress } from '@/src/domain/gateway-address'

import { createCliProxyApi } from '../../../e2e/gateways/cli-proxy-api/server'
import { createRouterFile } from '../../../e2e/gateways/claude-code-router/file-server'
import { failureFrom, makeWish, serve } from '../../gateways/support'
import { freshDisk } from '../../support/world'
import { anAccount, startExports } from './world'

beforeEach(freshDisk)

describe('addresses', () => {
  const MANAGED = 'http://host:8317/v0/management'

  test.each([
    ['http://host:8317', MANAGED],
    ['host:8317', MANAGED],
    [' http://HOST:8317/ ', MANAGED],
    ['http://host:8317/v0/management', MANAGED],
    ['http://host:8317/v0/management/', MANAGED],
    ['http://host:8317/v0/management/openai-compatibility', MANAGED],
    ['http://host:8317/management.html#/login', MANAGED],
    ['https://my.example/cpa/management.html', 'https://my.example/cpa/v0/management'],
    ['my.example', 'https://my.example/v0/management'],
    ['192.168.1.5:8317', 'http://192.168.1.5:8317/v0/management'],
    ['[::1]:8317', 'http://[::1]:8317/v0/management'],
  ])('of CLIProxyAPI: %s', (text, address) => {
    expect(parseGatewayAddress('cli-proxy-api', text)).toEqual({ address })
  })

  test.each([
    ['127.0.0.1:3456', 'http://127.0.0.1:3456'],
    ['http://localhost:3456/ui/', 'http://localhost:3456'],
    ['http://127.0.0.1:3456/api/config', 'http://127.0.0.1:3456'],
  ])('of Claude Code Router: %s', (text, address) => {
    expect(parseGatewayAddress('claude-code-router', text)).toEqual({ address })
  })

  test('lose the token of a pasted one, which is the key', () => {
    const text = 'http://127.0.0.1:3458/?ccr_web_token=abc#x'
    expect(parseGatewayAddress('claude-code-router', text)).toEqual({
      address: 'http://127.0.0.1:3458',
      token: 'abc',
    })
  })

  test.each([
    ['', 'required'],
    ['ftp://host', 'not-a-web-address'],
    ['http://', 'not-a-web-address'],
    ['http://me:secret@host:8317', 'address-with-login'],
  ])('that are refused: %s', async (text, reason) => {
    const parse = Promise.resolve().then(() => parseGatewayAddress('cli-proxy-api', text))
    expect(await failureFrom(parse)).toEqual({ class: 'input', reason, field: 'address' })
  })
})

const FORM = { kind: 'cli-proxy-api', name: '', address: 'http://127.0.0.1:8317' } as const

describe('the store of gateways', () => {
  test('shows everything but the key, and whether the browser lets us there', async () => {
    const { gateways } = await startExports()
    const id = await gateways.save({ ...FORM, secret: ' a-secret ' })
    const other = { kind: 'claude-code-router', name: 'Mine', address: 'gate.example' } as const
    await gateways.save(other)
    const views = await gateways.list()
    expect(views).toHaveLength(2)
    expect(views.find((view) => view.id === id)).toEqual({
      id,
      kind: 'cli-proxy-api',
      name: '127.0.0.1:8317',
      address: 'http://127.0.0.1:8317/v0/management',
      hasSecret: true,
      granted: true,
    })
    expect(views.find(({ name }) => name === 'Mine')).toMatchObject({
      hasSecret: false,
      granted: false,
    })
    expect(await gateways.get(id)).toMatchObject({ secret: 'a-secret' })
  })

  test('keeps a key that is not typed again, but never for another origin', async () => {
    const { gateways } = await startExports()
    const id = await gateways.save({ ...FORM, secret: 'a-secret' })
    await gateways.save({ ...FORM, id, name: 'New name' })
    expect(await gateways.get(id)).toMatchObject({ secret: 'a-secret', name: 'New name' })
    const moved = gateways.save({ ...FORM, id, address: 'http://127.0.0.1:9999' })
    expect(await failureFrom(moved)).toEqual({
      class: 'input',
      reason: 'gateway-key-again',
      field: 'secret',
    })
    await gateways.save({ ...FORM, id, secret: '' })
    expect(await gateways.get(id)).toMatchObject({ secret: '' })
  })

  test('takes the token of a pasted address as the key', async () => {
    const { gateways } = await startExports()
    const address = 'http://127.0.0.1:3458/?ccr_web_token=abc'
    const id = await gateways.save({ ...FORM, kind: 'claude-code-router', address, secret: '' })
    expect(await gateways.get(id)).toMatchObject({
      address: 'http://127.0.0.1:3458',
      secret: 'abc',
    })
  })

  test('refuses a second one of the same address, and keys no header can carry', async () => {
    const { gateways } = await startExports()
    await gateways.save({ ...FORM, secret: 'a' })
    expect(await failureFrom(gateways.save({ ...FORM, address: '127.0.0.1:8317/' }))).toEqual({
      class: 'input',
      reason: 'duplicate',
      field: 'address',
    })
    const odd = { ...FORM, address: 'http://127.0.0.1:1', secret: '密钥' }
    expect(await failureFrom(gateways.save(odd))).toEqual({
      class: 'input',
      reason: 'gateway-key-characters',
      field: 'secret',
    })
  })
})

describe('sending', () => {
  async function startSending() {
    const { gateway, origin } = await serve(createCliProxyApi())
    const scene = await startExports()
    const id = await scene.gateways.save({ ...FORM, address: origin, secret: 'management-secret' })
    const sources = await scene.addKeys(anAccount(), ['1', '2', '3'])
    const order = { id, sources, ...makeWish(), restart: true }
    return { ...scene, gateway, origin, id, sources, order }
  }

  test('puts all keys of a site into one provider, talks to that origin alone and notes where they went', async () => {
    const { sender, order, gateway, ledger, origins, origin, held, id } = await startSending()
    const { outcomes, restarted } = await sender.send(order)
    expect(outcomes.map(({ result }) => result)).toEqual(['created', 'updated', 'updated'])
    expect(outcomes[0]?.providerName).toBe('Example')
    expect(restarted).toBeUndefined()
    expect(gateway.lists['openai-compatibility']).toHaveLength(1)
    expect(gateway.lists['openai-compatibility'][0]?.['api-key-entries']).toHaveLength(3)
    expect(new Set(origins)).toEqual(new Set([origin]))
    expect(held).toEqual({ now: 0, most: 1 })
    const noted = await ledger.list()
    expect(noted).toHaveLength(3)
    expect(noted[0]).toMatchObject({
      destination: 'cli-proxy-api',
      gatewayId: id,
      options: { apiType: 'openai-compatible' },
    })
  })

  test('by two at the same time is done one after the other: nothing is doubled', async () => {
    const { sender, order, gateway } = await startSending()
    await Promise.all([sender.send(order), sender.send(order), sender.send(order)])
    expect(gateway.lists['openai-compatibility']).toHaveLength(1)
    expect(gateway.lists['openai-compatibility'][0]?.['api-key-entries']).toHaveLength(3)
  })

  test('with a wrong management key is one request, however many keys there are', async () => {
    const { sender, order, gateway, gateways, origin, id, ledger } = await startSending()
    await gateways.save({ ...FORM, id, address: origin, secret: 'wrong-secret' })
    const { outcomes } = await sender.send(order)
    expect(outcomes).toHaveLength(3)
    for (const { failure } of outcomes) expect(failure?.reason).toBe('gateway-key-wrong')
    expect(gateway.requests).toHaveLength(1)
    expect(await ledger.list()).toEqual([])
    expect(JSON.stringify(outcomes)).not.toContain('wrong-secret')
  })

  test('goes on behind a key that cannot be had', async () => {
    const { sender, order, secrets } = await startSending()
    secrets.set('2', 'sk-ab…yz')
    const { outcomes } = await sender.send(order)
    expect(outcomes.map(({ result, failure }) => result ?? failure?.reason)).toEqual([
      ...['created', 'masked', 'updated'],
    ])
  })

  test('again to where the old key is known puts the new one in its place', async () => {
    const { sender, order, sources, gateway, ledger, secrets } = await startSending()
    await sender.send({ ...order, sources: [sources[0]!], providerName: 'Mine' })
    const [entry] = await ledger.list()
    secrets.set('2', 'sk-rotated')
    const result = await sender.replace(entry!, 'sk-secret-of-1', sources[1]!)
    expect(result).toEqual({ ok: true, value: 'sent' })
    expect(gateway.lists['openai-compatibility']).toMatchObject([
      { name: 'Mine', 'api-key-entries': [{ 'api-key': 'sk-rotated' }] },
    ])
    const { gatewayId: _, ...byHand } = entry!
    expect(await sender.replace(byHand, 'sk-secret-of-1', sources[1]!)).toEqual({
      ok: true,
      value: 'by-hand',
    })
  })

  test('makes the first key the default of a router, and restarts it once', async () => {
    const config = { APIKEY: 'k', Providers: [], Router: { default: '' } }
    const { gateway, origin } = await serve(createRouterFile({ config }))
    const { sender, gateways, addKeys } = await startExports()
    const sources = await addKeys(anAccount(), ['1', '2'])
    const kind = 'claude-code-router' as const
    const id = await gateways.save({ kind, name: '', address: origin, secret: 'k' })
    const order = { id, sources, ...makeWish({ setDefault: true }), restart: true }
    const { outcomes, restarted } = await sender.send(order)
    expect(outcomes.map(({ providerName }) => providerName)).toEqual(['Example', 'Example-2'])
    expect(restarted).toBe(true)
    expect(gateway.restarts()).toBe(1)
    expect(gateway.file()['Router']).toEqual({ default: 'Example,gpt-5.2' })
  })
})
