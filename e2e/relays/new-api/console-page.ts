import { cornerMarkup } from '../kit/check-in-corner'
import { consoleFrame } from '../kit/console-frame'
import { checkInCorner } from './console-check-in'
import { consoleScript } from './console-script'
import type { RelayCore } from './context'
import { isSince } from './generation'
import { issueTurnstileToken } from './state'
import { systemNameOf } from './status-view'

/** The answer field a Turnstile widget leaves in the page (`contracts/new-api.md` 5.3). */
function turnstileField(relay: RelayCore): string {
  if (relay.options.turnstile !== true) return ''
  const token = issueTurnstileToken(relay.state)
  return `<div class="cf-turnstile"><input type="hidden" name="cf-turnstile-response" value="${token}"></div>`
}

/**
 * The single-page front end: a login form, then name and balance, and the check-in on its own page.
 * It leaves the same traces in cookies and localStorage as the real one of its generation (3.3),
 * because recognition reads them.
 */
export function consolePage(relay: RelayCore): string {
  const { generation, options } = relay
  const heading = systemNameOf(relay)
  const corner = checkInCorner(relay)
  const hasGenerator = isSince(generation, 'g1b') && options.relative === undefined
  return consoleFrame({
    title: options.relative?.title ?? heading,
    heading,
    head: hasGenerator ? '<meta name="generator" content="new-api">' : '',
    foot: cornerMarkup(corner) + turnstileField(relay),
    script: consoleScript(options, corner),
  })
}
