import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

import {
  CHALLENGE_HEADERS,
  CHALLENGE_PATH,
  CHALLENGE_SCRIPT,
  challengePage,
} from '../kit/challenge-page'
import { headerText, parseCookies, parseJson } from '../kit/incoming'
import { emptyReply, htmlReply, withCookies, withHeaders, type Reply } from '../kit/reply'
import { sourceOf } from './shield-counters'
import type { Interaction, Wall, WallParts } from './wall'

const COOKIE = 'cf_clearance'
const VERIFY_PATH = `${CHALLENGE_PATH}h/b/flow/ov1/verify`

const NO_STORE = { 'cache-control': 'private, max-age=0, no-store' }

/**
 * The script of the challenge page. Only a press of a person counts: one made by a script is sent
 * as such and refused.
 */
function pageScript(interaction: Interaction, delayMs: number): string {
  const start =
    interaction === 'automatic'
      ? `setTimeout(() => verify(false), ${delayMs})`
      : `stage.replaceChildren(button)
  button.addEventListener('click', (event) => verify(event.isTrusted))`
  return `'use strict'
{
  const stage = document.getElementById('challenge-stage')
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Verify you are human'
  const verify = async (isTrusted) => {
    const answer = await fetch('${VERIFY_PATH}', {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ nonce: window._cf_chl_opt.cNonce, isTrusted }),
    })
    if (answer.ok) location.reload()
    else stage.append(' Verification failed.')
  }
  ${start}
}
`
}

/**
 * A Cloudflare managed challenge (`features/accounts-and-keys.md` 3.5, `contracts/new-api.md` 1.6).
 * A page that is opened in a tab gets a nonce, good once and for its User-Agent; whoever proves it
 * gets `cf_clearance`.
 */
export function createManagedWall(parts: WallParts): Wall {
  const { clearances, interaction, log } = parts
  /** Nonce → User-Agent of the page that has it. */
  const nonces = new Map<string, string>()
  const script = pageScript(interaction, parts.delayMs)

  function isProven(req: IncomingMessage, body: unknown): boolean {
    const { nonce, isTrusted } = (body ?? {}) as { nonce?: unknown; isTrusted?: unknown }
    if (typeof nonce !== 'string') return false
    const userAgent = nonces.get(nonce)
    if (userAgent === undefined || userAgent !== headerText(req, 'user-agent')) return false
    // A press by a script leaves the nonce in place: the person may still press.
    if (interaction === 'click' && isTrusted !== true) return false
    return nonces.delete(nonce)
  }

  function verify(req: IncomingMessage, body: unknown): Reply {
    if (!isProven(req, body)) {
      log.addRefusal()
      return withHeaders(emptyReply(403), NO_STORE)
    }
    log.addPass()
    const value = clearances.issue(headerText(req, 'user-agent'))
    const maxAge = Math.ceil(parts.clearanceMs / 1000)
    // A real one is `SameSite=None; Secure`, which plain http does not allow.
    const cookie = `${COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`
    return withCookies(withHeaders(emptyReply(200), NO_STORE), cookie)
  }

  return {
    headers: { server: 'cloudflare' },
    isPassed: (req) =>
      clearances.isValid(
        parseCookies(req.headers.cookie).get(COOKIE),
        headerText(req, 'user-agent'),
      ),
    serve: async (req, path, body) => {
      if (path === VERIFY_PATH && req.method === 'POST') return verify(req, parseJson(await body()))
      if (path !== CHALLENGE_SCRIPT || req.method !== 'GET') return null
      const text = { kind: 'text' as const, text: script, contentType: 'text/javascript' }
      return withHeaders({ ...emptyReply(200), body: text }, NO_STORE)
    },
    refuse: (req) => {
      const nonce = sourceOf(req) === 'navigation' ? randomBytes(16).toString('hex') : ''
      if (nonce !== '') nonces.set(nonce, headerText(req, 'user-agent'))
      return withHeaders(htmlReply(challengePage(nonce), 403), {
        ...CHALLENGE_HEADERS,
        ...NO_STORE,
      })
    },
  }
}
