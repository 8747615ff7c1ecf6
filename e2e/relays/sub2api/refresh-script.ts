/**
 * How the page of newer versions refreshes (`contracts/sub2api.md` 5): before the expiry and on a
 * 401, under the Web Lock of the site, with the pair of another tab taken over where there is one.
 *
 * `relayPage.refreshNow()` belongs to this double alone: it makes the page refresh at once, by the
 * same rules, and tells whether the page still has a session afterwards.
 *
 * Browsers have Web Locks only in secure contexts; on plain HTTP that is `localhost`, its
 * subdomains and 127.0.0.1. On any other host the page waits up to 31 s after a refusal.
 */
export function refreshScript(refreshBeforeMs: number): string {
  return `const REFRESH_BEFORE_MS = ${refreshBeforeMs}\n${REFRESH}`
}

const REFRESH = `
const LOCK = 'sub2api-auth-token-refresh'
const TIMEOUT_MS = 30000
const ADOPTION_MS = 1000
const ADOPTION_POLL_MS = 25
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
function storedPair() {
  const user = storedUser()
  return {
    access: stored('auth_token'),
    refresh: stored('refresh_token'),
    expiresAt: Number(stored('token_expires_at')),
    userId: user && user.id,
  }
}
/** Whether somebody else has written a pair since \`seen\` that this page may go on with. */
function isReplaced(seen) {
  const now = storedPair()
  return Boolean(now.access && now.refresh) && now.refresh !== seen.refresh &&
    now.userId === seen.userId && now.expiresAt > Date.now()
}
function storePair(data) {
  localStorage.setItem('auth_token', data.access_token)
  localStorage.setItem('token_expires_at', String(Date.now() + data.expires_in * 1000))
  // Last: its change tells other tabs that the pair is complete.
  localStorage.setItem('refresh_token', data.refresh_token)
}
function storeLogin(data) {
  localStorage.setItem('auth_user', JSON.stringify(data.user))
  if (data.refresh_token && data.expires_in) storePair(data)
  else localStorage.setItem('auth_token', data.access_token)
}
async function exchange(seen) {
  if (isReplaced(seen)) return
  const startedAt = Date.now()
  let status = 0
  try {
    const body = { refresh_token: seen.refresh }
    const answer = await send('POST', '/auth/refresh', body, null, TIMEOUT_MS)
    status = answer.status
    const { access_token, refresh_token, expires_in } = answer.data
    if (!answer.isOk || !access_token || !refresh_token || !(expires_in > 0)) {
      throw new Error(answer.message || 'Token refresh failed')
    }
    const now = storedPair()
    if (now.refresh === seen.refresh && now.userId === seen.userId) storePair(answer.data)
    else if (!isReplaced(seen)) throw new Error('Session changed during token refresh')
  } catch (error) {
    const isRefused = status >= 400 && status < 500
    const hasLock = Boolean(navigator.locks)
    const until = isRefused && !hasLock
      ? startedAt + TIMEOUT_MS + ADOPTION_MS
      : Date.now() + ADOPTION_MS
    while (!isReplaced(seen)) {
      if (Date.now() >= until) throw error
      await pause(ADOPTION_POLL_MS)
    }
  }
}
async function refreshOnce() {
  const seen = storedPair()
  try {
    if (!seen.refresh) throw new Error('No refresh token')
    if (navigator.locks) await navigator.locks.request(LOCK, () => exchange(seen))
    else await exchange(seen)
  } catch (error) {
    endSession()
    throw error
  }
  scheduleRefresh()
}
let refreshing = null
function refreshTokens() {
  refreshing = refreshing || refreshOnce().finally(() => { refreshing = null })
  return refreshing
}
let timer
function stopRefresh() { clearTimeout(timer) }
function scheduleRefresh() {
  stopRefresh()
  const expiresAt = Number(stored('token_expires_at'))
  if (!stored('refresh_token') || !(expiresAt > 0)) return
  const inMs = Math.max(0, expiresAt - Date.now() - REFRESH_BEFORE_MS)
  timer = setTimeout(() => refreshTokens().catch(() => {}), Math.min(inMs, 2147483647))
}
window.relayPage = { refreshNow: () => refreshTokens().then(() => true, () => false) }
`
