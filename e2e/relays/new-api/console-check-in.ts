import { type CheckInCorner, NO_CORNER } from '../kit/check-in-corner'
import type { RelayCore } from './context'
import { issueTurnstileToken } from './state'
import { hasCheckin, themeOf } from './status-view'

const OWN_PATH = '/api/user/checkin'

/** Where people check in (`contracts/new-api.md` 3.5), and how the page does it (5). */
export function checkInCorner(relay: RelayCore): CheckInCorner {
  switch (relay.options.relative?.special) {
    case 'any-router':
      return { paths: ['/console/topup'], calls: SIGN_IN, turnstile: null }
    case 'wong':
      return { paths: ['/console/topup'], calls: callsOf('checked_in'), turnstile: null }
    default:
      return hasCheckin(relay) ? ownCorner(relay) : NO_CORNER
  }
}

function ownCorner(relay: RelayCore): CheckInCorner {
  return {
    paths: [themeOf(relay) === 'default' ? '/profile' : '/console/personal'],
    calls: callsOf('stats.checked_in_today'),
    turnstile: relay.options.turnstile === true ? issueTurnstileToken(relay.state) : null,
  }
}

/** `done`: where in `data` the status says whether today is done. */
function callsOf(done: string): string {
  return `
const isCheckedIn = async () => {
  const answer = await call('GET', '${OWN_PATH}', proof())
  return answer.success ? answer.data.${done} : null
}
const checkIn = (query) => call('POST', '${OWN_PATH}' + query, proof(), {})`
}

/** AnyRouter's, which has no status (`contracts/other-sites.md` 7.4). */
const SIGN_IN = `
const isCheckedIn = async () => null
const checkIn = () => {
  const headers = { ...proof(), 'X-Requested-With': 'XMLHttpRequest' }
  return call('POST', '/api/user/sign_in', headers, {})
}`
