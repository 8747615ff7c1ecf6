import { type CheckInCorner, cornerMarkup } from '../kit/check-in-corner'
import { consoleFrame } from '../kit/console-frame'
import { consoleScript } from './console-script'
import type { VeloeraCore } from './context'
import { issueTurnstileToken } from './state'
import { systemNameOf } from './status-view'

/** The answer field a Turnstile widget leaves in the page (`contracts/veloera.md` 6). */
function turnstileField(core: VeloeraCore): string {
  if (core.options.turnstile !== true) return ''
  const token = issueTurnstileToken(core.state)
  return `<div class="cf-turnstile"><input type="hidden" name="cf-turnstile-response" value="${token}"></div>`
}

/** Where people check in (11), and how the page does it (6). */
function checkInCorner(core: VeloeraCore): CheckInCorner {
  const asksTurnstile = core.isV4 && core.options.turnstile === true
  return {
    paths: [core.isV4 ? '/app/me' : '/personal'],
    calls: `
const isCheckedIn = async () => {
  const answer = await call('GET', '/api/user/check_in_status')
  return answer.success ? !answer.data.can_check_in : null
}
const checkIn = (query) => call('POST', '/api/user/check_in' + query)`,
    turnstile: asksTurnstile ? issueTurnstileToken(core.state) : null,
  }
}

/** The single-page front end; its title as sent is the same on every site (2). */
export function consolePage(core: VeloeraCore): string {
  const corner = checkInCorner(core)
  return consoleFrame({
    title: 'Veloera',
    heading: systemNameOf(core),
    foot: cornerMarkup(corner) + turnstileField(core),
    script: consoleScript(core, corner),
  })
}
