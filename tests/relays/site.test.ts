// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { GENERATIONS, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

describe.each(GENERATIONS)('%s: paths', (generation) => {
  const isOneApi = generation === 'one-api'

  test('an unknown API path is 404 JSON, any other path the page', async () => {
    const { call } = await startTestRelay(generation, { systemName: 'Relay <One>' })
    for (const path of ['/api/nothing', '/v1/nothing']) {
      const { status, json } = await call('GET', `${path}?a=1`)
      expect([status, json]).toEqual([
        404,
        {
          error: {
            message: `Invalid URL (GET ${path})`,
            type: 'invalid_request_error',
            param: '',
            code: '',
          },
        },
      ])
    }
    const page = await call('GET', '/console/token')
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
    expect(page.text).toContain('<title>Relay &lt;One&gt;</title>')
  })

  test('the form without the slash redirects, with the query', async () => {
    const { call } = await startTestRelay(generation)
    const get = await call('GET', '/api/token?p=0&size=1')
    expect([get.status, get.headers.get('location')]).toEqual([301, '/api/token/?p=0&size=1'])
    const put = await call('PUT', '/api/token')
    expect([put.status, put.headers.get('location')]).toEqual([307, '/api/token/'])
  })

  test('GET /api/models and /api/models/ are different', async () => {
    const { call, alice } = await startTestRelay(generation)
    const map = (await call('GET', '/api/models', { headers: alice })).data
    expect(Object.keys(map as object)).toEqual(['1'])
    expect((await call('GET', '/api/models/', { headers: alice })).status).toBe(404)
  })

  test('the family shows in the response headers', async () => {
    const { call, alice } = await startTestRelay(generation)
    const { headers } = await call('GET', '/api/user/self', { headers: alice })
    expect(headers.get('x-oneapi-request-id')).toBeTruthy()
    expect(headers.has('x-new-api-version')).toBe(!isOneApi)
    expect(headers.has('auth-version')).toBe(['g1b', 'g2', 'g3'].includes(generation))
    expect(headers.has('access-control-allow-origin')).toBe(false)
  })

  test('status has the fields of its generation', async () => {
    const { call } = await startTestRelay(generation, {
      systemName: 'Relay One',
      quotaPerUnit: 1000,
      price: 5,
      checkinEnabled: true,
    })
    const status = (await call('GET', '/api/status')).data as Record<string, unknown>
    expect(status).toMatchObject({ system_name: 'Relay One', quota_per_unit: 1000 })
    expect(status['price']).toBe(isOneApi ? undefined : 5)
    expect('oidc_well_known' in status).toBe(isOneApi)
    expect('quota_display_type' in status).toBe(!isOneApi && generation !== 'g0')
    const hasCheckin = !isOneApi && generation !== 'g0'
    expect(status['checkin_enabled']).toBe(hasCheckin ? true : undefined)
    const themes = { g1b: 'classic', g2: 'default', g3: 'default' }
    expect(status['theme']).toBe((themes as Record<string, string>)[generation])
  })

  test('self shows the PAT on G0 only, and One API an empty one', async () => {
    const { call, alice } = await startTestRelay(generation)
    const self = (await call('GET', '/api/user/self', { headers: alice })).data
    expect(self).toMatchObject({
      id: 7,
      display_name: 'Alice',
      email: 'alice@mail.example',
      group: 'default',
      quota: 1_000_000,
      used_quota: 250_000,
      request_count: 12,
    })
    const shown = { 'one-api': '', g0: alice['authorization']?.slice('Bearer '.length) }
    expect((self as Record<string, unknown>)['access_token']).toBe(
      (shown as Record<string, string | undefined>)[generation],
    )
  })

  test('groups and models are where the generation has them', async () => {
    const groups = { default: { ratio: 1, desc: 'All' }, auto: { ratio: '自动', desc: 'Auto' } }
    const { call, alice } = await startTestRelay(generation, { groups })
    const own = await call('GET', '/api/user/self/groups', { headers: alice })
    const open = await call('GET', '/api/user/groups')
    expect([own.status, open.status]).toEqual(isOneApi ? [404, 404] : [200, 200])
    if (!isOneApi) expect([own.data, open.data]).toEqual([groups, groups])
    const models = await call('GET', '/api/user/models', { headers: alice })
    expect(models.data).toContain('gpt-4o')
    const oneApiModels = await call('GET', '/api/user/available_models', { headers: alice })
    expect(oneApiModels.status).toBe(isOneApi ? 200 : 404)
  })

  test('texts are public, and a business answer says success', async () => {
    const { relay, call } = await startTestRelay(generation)
    relay.state.texts.notice = '# Hello'
    expect((await call('GET', '/api/notice')).json).toEqual({
      success: true,
      message: '',
      data: '# Hello',
    })
    expect((await call('GET', '/api/about')).data).toBe('')
  })

  test('the invitation code is made once; 2FA and top-up info are absent in old builds', async () => {
    const { call, alice } = await startTestRelay(generation)
    const code = (await call('GET', '/api/user/aff', { headers: alice })).data
    expect(code).toMatch(/^\w{4}$/)
    expect((await call('GET', '/api/user/aff', { headers: alice })).data).toBe(code)
    const isOld = isOneApi || generation === 'g0'
    const info = await call('GET', '/api/user/topup/info', { headers: alice })
    const factor = await call('GET', '/api/user/2fa/status', { headers: alice })
    expect([info.status, factor.status]).toEqual(isOld ? [404, 404] : [200, 200])
    if (!isOld) expect(factor.data).toEqual({ enabled: false, locked: false })
  })
})
