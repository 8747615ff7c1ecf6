import type { IncomingMessage, ServerResponse } from 'node:http'

import { readBody } from '../kit/incoming'
import { sendReply } from '../kit/send-reply'
import type { RequestHandler } from '../kit/site-double'
import { createAlibabaWall } from './alibaba-wall'
import { createBlockedWall } from './blocked-wall'
import { Clearances } from './clearances'
import { createManagedWall } from './managed-wall'
import { createShieldLog, sourceOf, type ShieldCounters } from './shield-counters'
import type { Interaction, Wall, WallParts } from './wall'

export interface ShieldOptions {
  /**
   * `managed` (default): a Cloudflare challenge page, 403. `blocked-403`: a plain block page that
   * nothing solves. `alibaba`: a 200 page whose script makes the cookie.
   */
  mode?: 'managed' | 'blocked-403' | 'alibaba'
  /** `managed` only; `click` if absent. */
  interaction?: Interaction
  /** How long the automatic challenge takes, 1000 if absent. */
  delayMs?: number
  /** Lifetime of a clearance, 30 minutes if absent. */
  clearanceMs?: number
  /** Clock in milliseconds; `Date.now` if absent. */
  now?: () => number
}

/** A challenge in front of a site; goes into a farm in the site's place. */
export interface Shield<Inner extends RequestHandler> extends RequestHandler {
  /** The site behind; its own counters show what got through. */
  readonly inner: Inner
  readonly counters: ShieldCounters
  /** `false` = everything passes, as before the operator switched the protection on. */
  isUp: boolean
  /** Every clearance ends now. */
  expireAll(): void
}

const DEFAULT_DELAY_MS = 1000
const DEFAULT_CLEARANCE_MS = 30 * 60_000

function wallOf(mode: ShieldOptions['mode'], parts: WallParts): Wall {
  if (mode === 'blocked-403') return createBlockedWall()
  return mode === 'alibaba' ? createAlibabaWall(parts) : createManagedWall(parts)
}

/**
 * Puts a protection in front of `inner` (`features/accounts-and-keys.md` 3, `contracts/new-api.md`
 * 1.6): without a clearance no request reaches it, whatever its method and path.
 */
export function createShield<Inner extends RequestHandler>(
  inner: Inner,
  options: ShieldOptions = {},
): Shield<Inner> {
  const now = options.now ?? (() => Date.now())
  const clearanceMs = options.clearanceMs ?? DEFAULT_CLEARANCE_MS
  const clearances = new Clearances(clearanceMs, now)
  const log = createShieldLog()
  const wall = wallOf(options.mode, {
    clearances,
    clearanceMs,
    interaction: options.interaction ?? 'click',
    delayMs: options.delayMs ?? DEFAULT_DELAY_MS,
    log,
  })

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(req.url ?? '/', 'http://shield.invalid')
    const own = await wall.serve(req, path, () => readBody(req))
    if (own !== null) {
      sendReply(res, own, { headers: wall.headers })
      return
    }
    if (wall.isPassed(req)) {
      for (const [name, value] of Object.entries(wall.headers)) res.setHeader(name, value)
      inner.handle(req, res)
      return
    }
    const method = req.method ?? 'GET'
    log.addChallenged({ method, path, source: sourceOf(req), atMs: now() })
    sendReply(res, wall.refuse(req), { headers: wall.headers })
  }

  const shield: Shield<Inner> = {
    inner,
    counters: log,
    isUp: true,
    expireAll: () => {
      clearances.expireAll()
    },
    handle: (req, res) => {
      if (!shield.isUp) {
        inner.handle(req, res)
        return
      }
      serve(req, res).catch(() => {
        // The client went away in the middle of its body.
        res.destroy()
      })
    },
  }
  return shield
}
