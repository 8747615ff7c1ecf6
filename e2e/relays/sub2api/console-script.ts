import { refreshScript } from './refresh-script'

interface ScriptParts {
  isNew: boolean
  /** JSON object: user name → e-mail. */
  emails: string
  pollMs: number
  refreshBeforeMs: number
}

/** Requests, storage and the two views (`contracts/sub2api.md` 5). */
const COMMON = `
const byId = (id) => document.getElementById(id)
const say = (text) => { byId('problem').textContent = text }
const stored = (key) => localStorage.getItem(key)
function storedUser() {
  try {
    const user = JSON.parse(stored('auth_user'))
    return user && Number(user.id) > 0 ? user : null
  } catch { return null }
}
async function send(method, path, body, token, timeoutMs) {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const query = method === 'GET' ? '?timezone=' + zone : ''
  const answer = await fetch('/api/v1' + path + query, {
    method,
    headers: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: 'Bearer ' + token } : {}),
    },
    body: body && JSON.stringify(body),
    signal: timeoutMs && AbortSignal.timeout(timeoutMs),
  })
  let json = {}
  try { json = await answer.json() } catch { json = { message: 'HTTP ' + answer.status } }
  const isOk = answer.ok && json.code === 0
  return { status: answer.status, isOk, data: json.data || {}, message: json.message }
}
async function call(method, path, body) {
  const answer = await send(method, path, body, stored('auth_token'))
  if (answer.status !== 401) return answer
  if (!stored('refresh_token')) { endSession(); return answer }
  try { await refreshTokens() } catch { return answer }
  const again = await send(method, path, body, stored('auth_token'))
  if (again.status === 401) endSession()
  return again
}
let poll
function clearSession() {
  clearInterval(poll)
  stopRefresh()
  for (const key of ['auth_token', 'refresh_token', 'auth_user', 'token_expires_at']) {
    localStorage.removeItem(key)
  }
  history.replaceState(null, '', '/login')
  showLogin()
}
function endSession() {
  sessionStorage.setItem('auth_expired', '1')
  clearSession()
}
function showLogin() {
  byId('console').hidden = true
  byId('login').hidden = false
}
function showConsole(user) {
  byId('login').hidden = true
  byId('console').hidden = false
  byId('user-name').textContent = user.username || user.email.split('@')[0]
  byId('balance').textContent =
    (user.balance < 0 ? '-$' : '$') + Math.abs(user.balance).toFixed(2)
  say('')
}
async function readUser() {
  let answer
  try { answer = await call('GET', '/auth/me') } catch { return }
  if (!stored('auth_token')) return
  if (!answer.isOk) { say(answer.message || ''); return }
  const { run_mode, ...user } = answer.data
  localStorage.setItem('auth_user', JSON.stringify(user))
  showConsole(user)
}
function openConsole(user) {
  showConsole(user)
  readUser()
  clearInterval(poll)
  poll = setInterval(readUser, POLL_MS)
  scheduleRefresh()
}
byId('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  const { username, password } = event.target.elements
  const widget = document.querySelector('[name="cf-turnstile-response"]')
  const answer = await send('POST', '/auth/login', {
    email: EMAILS[username.value] || username.value,
    password: password.value,
    ...(widget ? { turnstile_token: widget.value } : {}),
  })
  if (!answer.isOk) return say(answer.message || '')
  if (!answer.data.access_token) return say('A second factor is needed')
  storeLogin(answer.data)
  sessionStorage.removeItem('auth_expired')
  history.pushState(null, '', '/dashboard')
  openConsole(answer.data.user)
})
byId('logout').addEventListener('click', async () => {
  const refresh_token = stored('refresh_token')
  try {
    await send('POST', '/auth/logout', refresh_token ? { refresh_token } : {}, stored('auth_token'))
  } catch {}
  clearSession()
})
const savedUser = storedUser()
if (stored('auth_token') && savedUser) openConsole(savedUser)
else showLogin()
`

/** Old pages know only \`auth_token\` and \`auth_user\`: nothing is ever refreshed (5). */
const WITHOUT_REFRESH = `
function stopRefresh() {}
function scheduleRefresh() {}
function storeLogin(data) {
  localStorage.setItem('auth_token', data.access_token)
  localStorage.setItem('auth_user', JSON.stringify(data.user))
}
`

/** The inline script of the page of one generation. */
export function consoleScript({ isNew, emails, pollMs, refreshBeforeMs }: ScriptParts): string {
  const constants = `const EMAILS = ${emails}\nconst POLL_MS = ${pollMs}\n`
  const own = isNew ? refreshScript(refreshBeforeMs) : WITHOUT_REFRESH
  return `'use strict'\n${constants}${own}${COMMON}`
}
