import { randomBytes } from 'node:crypto'

import { headerText, parseCookies } from '../kit/incoming'
import { htmlReply, withCookies, type Reply } from '../kit/reply'
import type { Wall, WallParts } from './wall'

const COOKIE = 'acw_sc__v2'
const SESSION_COOKIE = 'acw_tc'

/** What the page's script makes of its `arg1`; the real one shuffles and masks it. */
function solve(arg1: string): string {
  return [...arg1].reverse().join('')
}

function page(arg1: string, clearanceMs: number): string {
  const maxAge = Math.ceil(clearanceMs / 1000)
  return `<html><script>
var arg1='${arg1}';
function reload(x) {
  document.cookie = '${COOKIE}=' + x + ';max-age=${maxAge};path=/';
  document.location.reload();
}
reload(arg1.split('').reverse().join(''));
</script></html>`
}

/**
 * The wall of Alibaba Cloud (`contracts/new-api.md` 13, AnyRouter): every request without its
 * cookies is answered 200 with a page whose script makes `acw_sc__v2`. No click is needed.
 */
export function createAlibabaWall(parts: WallParts): Wall {
  const { clearances } = parts
  /** Cookies that were made possible and not yet seen. */
  const unseen = new Set<string>()
  return {
    headers: {},
    isPassed: (req) => {
      const cookies = parseCookies(req.headers.cookie)
      const value = cookies.get(COOKIE)
      if (value === undefined || !cookies.has(SESSION_COOKIE)) return false
      const isValid = clearances.isValid(value, headerText(req, 'user-agent'))
      if (unseen.delete(value)) {
        if (isValid) parts.log.addPass()
        else parts.log.addRefusal()
      }
      return isValid
    },
    serve: () => Promise.resolve(null),
    refuse: (req): Reply => {
      const arg1 = randomBytes(20).toString('hex').toUpperCase()
      unseen.add(clearances.issue(headerText(req, 'user-agent'), solve(arg1)))
      const reply = htmlReply(page(arg1, parts.clearanceMs))
      if (parseCookies(req.headers.cookie).has(SESSION_COOKIE)) return reply
      const value = randomBytes(16).toString('hex')
      return withCookies(reply, `${SESSION_COOKIE}=${value}; Path=/; Max-Age=1800; HttpOnly`)
    },
  }
}
