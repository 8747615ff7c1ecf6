// @vitest-environment node
import { request } from 'node:http'

import { afterEach, describe, expect, test } from 'vitest'

import { startFarm, type Farm } from '../../e2e/relays/farm'
import { createNewApiRelay } from '../../e2e/relays/new-api/relay'
import { COOKIE_GENERATIONS, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

/** A request with a Host of its own, which `fetch` does not allow. */
function get(port: number, host: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, headers: { host } }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        resolve({ status: res.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
      })
    })
    req.on('error', reject).end()
  })
}

describe('farm', () => {
  const relayOf = (systemName: string) =>
    createNewApiRelay({ generation: 'g1b', systemName, users: [] })

  async function withFarm(use: (farm: Farm) => Promise<void>): Promise<void> {
    const farm = await startFarm()
    try {
      await use(farm)
    } finally {
      await farm.close()
    }
  }

  test('tells sites apart by host and answers 421 for an unknown one', () =>
    withFarm(async (farm) => {
      farm.add('one.test', relayOf('One'))
      farm.add('Two.test', relayOf('Two'))
      expect(farm.origin('one.test')).toBe(`http://one.test:${farm.port}`)
      const name = async (host: string) => {
        const { text } = await get(farm.port, host, '/api/status')
        return (JSON.parse(text) as { data: { system_name: string } }).data.system_name
      }
      expect(await name(`one.test:${farm.port}`)).toBe('One')
      expect(await name('TWO.test')).toBe('Two')
      expect((await get(farm.port, 'three.test', '/api/status')).status).toBe(421)
    }))

  test('close does not wait for a hanging request', async () => {
    const farm = await startFarm()
    const relay = relayOf('One')
    relay.faults.set({}, { kind: 'hang' })
    farm.add('one.test', relay)
    const hanging = get(farm.port, 'one.test', '/api/status')
    const ended = expect(hanging).rejects.toThrow()
    await expect.poll(() => relay.counters.total()).toBe(1)
    await farm.close()
    await ended
  })
})

describe.each(COOKIE_GENERATIONS)('%s: sessionFor', (generation) => {
  test('gives a cookie that works and the storage of the front end', async () => {
    const { relay, call } = await startTestRelay(generation)
    const { cookies, localStorage } = relay.sessionFor('alice')
    const cookie = `session=${cookies[0]?.value}`
    const self = await call('GET', '/api/user/self', { cookie, headers: { 'new-api-user': '7' } })
    expect(self.data).toMatchObject({ id: 7 })
    expect(cookies[0]?.httpOnly).toBe(generation !== 'one-api')
    expect(JSON.parse(localStorage['user'] ?? '')).toMatchObject({ id: 7, display_name: 'Alice' })
    expect(localStorage).toMatchObject({ quota_per_unit: '500000', system_name: 'Example Relay' })
    expect(() => relay.sessionFor('nobody')).toThrow('no such user')
  })
})
