import { type CheckInCorner, cornerScript } from '../kit/check-in-corner'
import { moreUserStorage } from './console-storage'
import { isSince, needsUserHeader, type Generation } from './generation'
import type { RelayOptions } from './options'
import { userHeaderOf } from './relative-options'

/** Shared by both kinds of login: the two views, the balance and the status in localStorage. */
const COMMON = `
const byId = (id) => document.getElementById(id)
const say = (text) => { byId('problem').textContent = text }
const turnstile = () => {
  const field = document.querySelector('[name="cf-turnstile-response"]')
  return field && field.value ? '?turnstile=' + encodeURIComponent(field.value) : ''
}
async function call(method, path, headers, body) {
  const answer = await fetch(path, {
    method, credentials: 'include',
    headers: body ? { 'Content-Type': 'application/json', ...headers } : headers,
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  try { return { status: answer.status, ...JSON.parse(text) } } catch {
    return { status: answer.status, success: false, message: 'HTTP ' + answer.status }
  }
}
let quotaPerUnit = 500000
async function loadStatus() {
  const status = await call('GET', '/api/status')
  if (!status.success) return
  quotaPerUnit = status.data.quota_per_unit
  storeStatus(status.data)
}
function showLogin(text) {
  byId('console').hidden = true
  byId('login').hidden = false
  hideCorner()
  say(text || '')
}
function showConsole(user) {
  byId('login').hidden = true
  byId('console').hidden = false
  byId('user-name').textContent = user.display_name || user.username
  byId('balance').textContent = '$' + (user.quota / quotaPerUnit).toFixed(2)
  say('')
  void showCorner()
}
byId('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  const body = { username: form.get('username'), password: form.get('password') }
  const answer = await call('POST', '/api/user/login' + turnstile(), {}, body)
  if (answer.success) await loggedIn(answer.data)
  else say(answer.message)
})
byId('logout').addEventListener('click', () => logOut())
loadStatus().then(start)
`

/** One API, G0, G1: the cookie holds the login, `localStorage.user` the user (3.3). */
function cookieScript(options: RelayOptions): string {
  const { generation } = options
  const userHeader = needsUserHeader(generation)
    ? `{ '${userHeaderOf(options)}': String(id) }`
    : '{}'
  const home = generation === 'g1b' || generation === 'g1a' ? '/console' : '/'
  return `
const userHeaders = (id) => (${userHeader})
const proof = () => userHeaders(JSON.parse(localStorage.getItem('user')).id)
function storeStatus(status) {
  localStorage.setItem('status', JSON.stringify(status))
  for (const key of ['system_name', 'logo', 'footer_html', 'docs_link', 'quota_per_unit',
    'quota_display_type', 'display_in_currency', 'enable_drawing', 'enable_task',
    'enable_data_export', 'data_export_default_time', 'default_collapse_sidebar',
    'mj_notify_enabled']) {
    if (key in status) localStorage.setItem(key, String(status[key]))
  }
  if ('chats' in status) localStorage.setItem('chats', JSON.stringify(status.chats))
}
function storeUser(user) {
  localStorage.setItem('user', JSON.stringify(user))
  ${moreUserStorage(options)}
}
async function start() {
  let user = null
  try { user = JSON.parse(localStorage.getItem('user')) } catch { user = null }
  if (!user || !user.id) return showLogin()
  const self = await call('GET', '/api/user/self', userHeaders(user.id))
  if (!self.success) {
    if (self.status === 401) localStorage.removeItem('user')
    return showLogin(self.message)
  }
  storeUser(self.data)
  showConsole(self.data)
}
async function loggedIn(user) {
  storeUser(user)
  history.pushState(null, '', '${home}')
  await start()
}
async function logOut() {
  await call('GET', '/api/user/logout')
  for (const key of ['user', 'uid', 'user-storage']) localStorage.removeItem(key)
  showLogin()
}
`
}

/** G2+: the JWT stays in memory and nothing about the user is stored (2.6, 3.3). */
function bundleScript(generation: Generation): string {
  // G3 leaves a readable cookie, so that a visitor without a login costs no refresh.
  const isLoggedOut =
    generation === 'g3' ? `!document.cookie.includes('new_api_has_session=')` : 'false'
  return `
let jwt = ''
function storeStatus() {}
const bearer = () => ({ Authorization: 'Bearer ' + jwt })
const proof = bearer
async function start() {
  if (${isLoggedOut}) return showLogin()
  const answer = await call('POST', '/api/user/auth/refresh')
  if (!answer.success) return showLogin()
  await openConsole(answer.data)
}
async function loggedIn(bundle) {
  history.pushState(null, '', '/dashboard')
  await openConsole(bundle)
}
async function openConsole(bundle) {
  jwt = bundle.access_token
  const self = await call('GET', '/api/user/self', bearer())
  if (self.success) showConsole(self.data)
  else showLogin(self.message)
}
async function logOut() {
  await call('POST', '/api/user/auth/logout', bearer())
  jwt = ''
  showLogin()
}
`
}

/** The inline script of the page of one build. */
export function consoleScript(options: RelayOptions, corner: CheckInCorner): string {
  const { generation } = options
  const own = isSince(generation, 'g2') ? bundleScript(generation) : cookieScript(options)
  return `'use strict'\n${own}${COMMON}${cornerScript(corner)}`
}
