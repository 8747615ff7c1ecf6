import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { unrelatedApp } from '@/e2e/relays/foreign/sites'
import { RELATIVES, type RelayOptions } from '@/e2e/relays/new-api/relay'
import type { SiteContext } from '@/src/sites/adapter'
import { adapterFor, detectSite } from '@/src/sites/registry'
import { relativeAdapters } from '@/src/sites/relatives'
import { type Handler, sendHtml, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { failureIn, type RelayGeneration, relaySite, siteAt, valueOf } from './site-client'

type Type = keyof typeof relativeAdapters

const GENERATIONS = ['g0', 'g1a', 'g1b'] as const
const SELF = '/api/user/self'
const HEADER = { sign: 'named-header' }
const TITLE = { sign: 'title' }
const SHAPE = { sign: 'status-shape' }

/** Those whose header is theirs alone. */
const BY_HEADER = ['model-flare', 'v-api', 'voapi', 'rix-api', 'neo-api'] as const
/** Those that kept New API's header. */
const BY_TITLE = ['any-router', 'wong'] as const
const HOSTS = [
  ['model-flare', 'modelflare.dev'],
  ['any-router', 'anyrouter.top'],
  ['agent-router', 'agentrouter.org'],
] as const

const casesOf = <T extends Type>(types: readonly T[]) =>
  types.flatMap((type) => GENERATIONS.map((generation) => [type, generation] as const))

async function detectAt(
  generation: RelayGeneration,
  options: Partial<RelayOptions>,
  username?: string,
) {
  const site = await relaySite(generation, options)
  if (username !== undefined) await site.logIn(username)
  const found = await detectSite(site.ctx)
  return { ...site, found, paths: site.relay.counters.requests().map(({ path }) => path) }
}

describe('with somebody logged in', () => {
  test.each(casesOf(BY_HEADER))(
    '%s on %s is recognised by its header',
    async (type, generation) => {
      const relative = { ...RELATIVES[type], title: 'Harbour' }
      const { found, paths } = await detectAt(generation, { relative, price: 2.5 }, 'alice')
      expect(valueOf(found)).toMatchObject({
        siteType: type,
        evidence: [{ ...HEADER, detail: relative.userHeader }, SHAPE],
        status: { quotaPerUnit: 500_000, rechargeRate: 2.5 },
      })
      expect(paths).not.toContain('/')
    },
  )

  test.each(casesOf(BY_TITLE))(
    "%s on %s keeps New API's header: by title",
    async (type, generation) => {
      const { found } = await detectAt(generation, { relative: RELATIVES[type] }, 'alice')
      expect(valueOf(found)).toMatchObject({
        siteType: type,
        evidence: [{ ...HEADER, detail: 'New-Api-User' }, TITLE, SHAPE],
      })
    },
  )

  test.each(GENERATIONS)(
    'Super-API on %s: its header is too common, its title is not',
    async (generation) => {
      const relative = RELATIVES['super-api']
      const { found } = await detectAt(generation, { relative }, 'alice')
      expect(valueOf(found)).toMatchObject({ siteType: 'super-api', evidence: [TITLE, SHAPE] })
      const untitled = await detectAt(generation, { relative: { userHeader: 'User-id' } }, 'alice')
      expect(valueOf(untitled.found).siteType).toBe('new-api')
    },
  )

  test.each(GENERATIONS)('a header on %s beats a title', async (generation) => {
    const relative = { userHeader: 'Rix-Api-User', title: 'VoAPI' }
    const { found } = await detectAt(generation, { relative }, 'alice')
    expect(valueOf(found).siteType).toBe('rix-api')
  })

  test.each(GENERATIONS)(
    "New API's own header on %s beats the title of one that renamed it",
    async (generation) => {
      const { found } = await detectAt(generation, { systemName: 'V-API' }, 'alice')
      expect(valueOf(found).siteType).toBe('new-api')
    },
  )

  test.each(GENERATIONS)("another family's header on %s is no relative's", async (generation) => {
    const relative = { userHeader: 'Veloera-User', title: 'V-API' }
    const { found } = await detectAt(generation, { relative }, 'alice')
    expect(valueOf(found).siteType).toBe('new-api')
  })

  test.each(['one-api', 'g2', 'g3'] as const)(
    '%s needs no header, whatever its title',
    async (generation) => {
      const { found, paths } = await detectAt(generation, { systemName: 'V-API' }, 'alice')
      expect(valueOf(found).siteType).toBe(generation === 'one-api' ? 'one-api' : 'new-api')
      expect(paths).not.toContain('/')
    },
  )
})

describe('with nobody logged in', () => {
  const TITLED = [...BY_HEADER, ...BY_TITLE, 'super-api'] as const

  test.each(TITLED)('%s is recognised by its title if nothing speaks for New API', async (type) => {
    const { found } = await detectAt('g0', { relative: RELATIVES[type] })
    expect(valueOf(found)).toMatchObject({ siteType: type, evidence: [TITLE, SHAPE] })
  })

  test.each(TITLED)('%s is taken for New API if the status has its signs', async (type) => {
    const { found, paths } = await detectAt('g1b', { relative: RELATIVES[type] })
    expect(valueOf(found).siteType).toBe('new-api')
    expect(paths).not.toContain('/')
  })
})

test.each(['g0', 'g1b', 'g3', 'one-api'] as const)(
  '%s is asked a handful of things',
  async (generation) => {
    const { relay, paths } = await detectAt(generation, {}, 'alice')
    expect(paths.length).toBeLessThanOrEqual(4)
    expect(new Set(paths).size).toBe(paths.length)
    const withCookie = relay.counters.requests().filter(({ hadCookie }) => hadCookie)
    expect(withCookie.every(({ path, userIdHeader }) => path === SELF && !userIdHeader)).toBe(true)
  },
)

describe('a title is', () => {
  const typeOf = async (title: string) => {
    const server = await startLoopback(({ path }, response) => {
      if (path === '/api/status') sendJson(response, success({ quota_per_unit: 500_000 }))
      else if (path === '/') sendHtml(response, `<html><head><TITLE lang="en">\n${title}`)
      else sendJson(response, { success: false, message: 'no' }, 401)
    })
    return valueOf(await detectSite(siteAt(server.origin, 'new-api').ctx)).siteType
  }

  test.each([
    ['V-API', 'v-api'],
    ['my v_api relay', 'v-api'],
    ['VAPI', 'v-api'],
    ['GPT-4V-API', 'new-api'],
    ['v-apis', 'new-api'],
    ['VoAPI', 'voapi'],
    ['VoAPI公益站', 'new-api'],
    ['Relay - VoAPI公益站', 'new-api'],
    ['super api', 'super-api'],
    ['Rix-Api', 'rix-api'],
    ['NeoAPI console', 'neo-api'],
    ['Any   Router', 'any-router'],
    ['anyrouter', 'any-router'],
    ['Company Router', 'new-api'],
    ['Model Flare', 'model-flare'],
    ['WONG 公益站', 'wong'],
    ['公益站', 'new-api'],
    ['', 'new-api'],
  ])('%s: %s', async (title, type) => {
    expect(await typeOf(title)).toBe(type)
  })

  test('nothing without the API of the family', async () => {
    const { origin, ...server } = await startSite(unrelatedApp({ title: 'V-API' }))
    onTestFinished(() => server.close())
    const { ctx } = siteAt(origin, 'new-api')
    for (const adapter of Object.values(relativeAdapters)) {
      expect(valueOf(await adapter.detect(ctx))).toBeNull()
    }
  })
})

describe.each(HOSTS)('%s at %s', (type, host) => {
  /** The site under its real name, answered by the test's own server. */
  const at = async (handler: Handler, name: string = host) => {
    const server = await startLoopback(handler)
    const ctx: SiteContext = { ...siteAt(server.origin, type).ctx, origin: `https://${name}` }
    return { found: await detectSite(ctx), own: await adapterFor(type).detect(ctx), ...server }
  }

  test('is recognised by its host when it answers like the family', async () => {
    const status = success({ quota_per_unit: 500_000, HeaderNavModules: '', price: 7 })
    const { found, seen } = await at((_, response) => sendJson(response, status))
    expect(valueOf(found)).toMatchObject({
      siteType: type,
      evidence: [{ sign: 'host', detail: host }, SHAPE],
      status: { rechargeRate: 7 },
    })
    expect(seen.map(({ path }) => path)).not.toContain(SELF)
  })

  test('is recognised behind a protection page', async () => {
    const wall = '<script>var arg1="0123"; document.cookie="acw_sc__v2="+arg1</script>'
    const { own } = await at((_, response) => sendHtml(response, wall))
    const evidence = [{ sign: 'host', detail: host }]
    expect(valueOf(own)).toEqual({ siteType: type, evidence, status: {} })
  })

  test('is not what it was when another software answers there', async () => {
    const { own } = await at((_, response) => sendJson(response, { status: 'ok', data: [] }))
    expect(valueOf(own)).toBeNull()
  })

  test.each<[string, Handler, string]>([
    ['an error', (_, response) => response.writeHead(503).end(), 'server'],
    ['a limit', (_, response) => response.writeHead(429).end(), 'limit'],
    ['nothing', (_, response) => response.destroy(), 'network'],
  ])('keeps %s as the failure it is', async (_, handler, kind) => {
    expect(failureIn((await at(handler)).own)).toMatchObject({ class: kind })
  })

  test.each([`www.${host}`, `${host}.example`, `not${host}`])('is not at %s', async (name) => {
    const status = success({ quota_per_unit: 500_000, HeaderNavModules: '' })
    const { found } = await at((_, response) => sendJson(response, status), name)
    expect(valueOf(found).siteType).toBe('new-api')
  })
})

describe('a look that failed', () => {
  test.each([
    ['challenge', { kind: 'challenge' }, 'challenge'],
    ['server', { kind: 'status', status: 502 }, 'server'],
    ['limit', { kind: 'rate-limit' }, 'limit'],
    ['network', { kind: 'reset' }, 'network'],
  ] as const)('with %s is no answer of the relative', async (_, fault, kind) => {
    const site = await relaySite('g0', { relative: RELATIVES['v-api'] })
    await site.logIn('alice')
    site.relay.faults.set({ path: SELF }, fault)
    const found = await relativeAdapters['v-api'].detect(site.ctx)
    expect(failureIn(found)).toMatchObject({ class: kind })
  })

  test('at the front page leaves what the API says', async () => {
    for (const fault of [{ kind: 'redirect', to: '/login' }, { kind: 'challenge' }] as const) {
      const site = await relaySite('g0')
      await site.logIn('alice')
      site.relay.faults.set({ path: '/' }, fault)
      expect(valueOf(await relativeAdapters.wong.detect(site.ctx))).toBeNull()
      expect(valueOf(await detectSite(site.ctx)).siteType).toBe('new-api')
    }
  })

  test.each<[string, Handler]>([
    ['a code of G2', (_, response) => sendJson(response, { code: 'AUTH_UNAUTHORIZED' }, 401)],
    ['the user', (_, response) => sendJson(response, success({ id: 7 }))],
  ])('with %s needs no title: nobody asks for a header', async (_, answerSelf) => {
    const server = await startLoopback((request, response) => {
      if (request.path === SELF) answerSelf(request, response)
      else if (request.path === '/') sendHtml(response, '<title>V-API</title>')
      else if (request.path !== '/api/status') sendJson(response, { error: {} }, 404)
      else sendJson(response, success({ quota_per_unit: 500_000 }))
    })
    const found = valueOf(await detectSite(siteAt(server.origin, 'new-api').ctx))
    expect(found).toMatchObject({ siteType: 'new-api', evidence: [SHAPE] })
    expect(server.seen.map(({ path }) => path)).not.toContain('/')
  })
})
