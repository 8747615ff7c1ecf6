import { CookieJar } from 'tough-cookie'
import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { plainPage } from '@/e2e/relays/kit/plain-page'
import { sendReply } from '@/e2e/relays/kit/send-reply'
import type { RequestHandler, SiteDouble } from '@/e2e/relays/kit/site-double'
import { createBrowserFetch } from '@/scripts/conformance/browser-fetch'
import type { Result } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import type { OriginBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { SiteRequest } from '@/src/net/transport'
import type { Detection, SiteContext } from '@/src/sites/adapter'
import { allAdapters, detectSite } from '@/src/sites/registry'

import type { Login } from './subjects'

const now = () => Date.now()

/** Lets everything through: asking every adapter by itself takes more than a minute's budget. */
const NO_BUDGETS: OriginBudgets = {
  acquire: () => Promise.resolve(() => undefined),
  pause: () => undefined,
  snapshot: () => ({}),
}

export interface Look {
  readonly ctx: SiteContext
  /** Everything that was asked, oldest first. */
  readonly asked: SiteRequest[]
}

/** The way the extension looks at a site of the running test, with a login in its cookie jar. */
export async function lookAt(
  handler: RequestHandler,
  login: Pick<SiteDouble, 'sessionFor'> | null = null,
): Promise<Look> {
  const { origin, close } = await startSite(handler)
  onTestFinished(() => close())
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  for (const { name, value, path } of login?.sessionFor('alice').cookies ?? []) {
    await jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
  }
  const fetch = createBrowserFetch(origin, jar)
  const transport = createHttpTransport({ origin, fetch, budgets: NO_BUDGETS, now })
  const asked: SiteRequest[] = []
  return {
    asked,
    ctx: {
      origin,
      transport: (request, options) => {
        asked.push(request)
        return transport(request, options)
      },
      now,
    },
  }
}

/** {@link lookAt} a double, with nobody or with Alice logged in. */
export function lookAtDouble(double: SiteDouble, login: Login): Promise<Look> {
  return lookAt(double, login === 'alice' ? double : null)
}

/** The same site under an address that is not its own here. */
export function under(origin: string, { ctx }: Look): SiteContext {
  return { ...ctx, origin }
}

/** What every adapter says when it is asked by itself, in the registry's order. */
export async function everyVerdict(
  ctx: SiteContext,
): Promise<{ type: SiteType; said: Result<Detection | null> }[]> {
  const verdicts = []
  for (const adapter of allAdapters) {
    verdicts.push({ type: adapter.description.type, said: await adapter.detect(ctx) })
  }
  return verdicts
}

/** Those adapters that claim the site as theirs; a look that failed throws. */
export async function claimsOf(ctx: SiteContext): Promise<SiteType[]> {
  const claims: SiteType[] = []
  for (const { type, said } of await everyVerdict(ctx)) {
    if (!said.ok) throw new Error(`${type}: ${JSON.stringify(said.failure)}`)
    if (said.value === null) continue
    if (said.value.siteType !== type) throw new Error(`${type} says ${said.value.siteType}`)
    claims.push(type)
  }
  return claims
}

/** The whole detection, and what it asked by itself. */
export async function detected(look: Look, ctx = look.ctx) {
  const before = look.asked.length
  const found = await detectSite(ctx)
  return { found, asked: look.asked.slice(before) }
}

/** The site with another title on its front page. */
export function titled(inner: RequestHandler, title: string): RequestHandler {
  return {
    handle: (req, res) => {
      if (req.url === '/') sendReply(res, plainPage(title))
      else inner.handle(req, res)
    },
  }
}
