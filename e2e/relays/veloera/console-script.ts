import { type CheckInCorner, cornerScript } from '../kit/check-in-corner'
import type { VeloeraCore } from './context'
import { STATUS_COPIES } from './status-view'

const SCRIPT = `
const byId = (id) => document.getElementById(id)
const say = (text) => { byId('problem').textContent = text }
const turnstile = () => {
  const field = document.querySelector('[name="cf-turnstile-response"]')
  return field && field.value ? '?turnstile=' + encodeURIComponent(field.value) : ''
}
function storedUser() {
  try { return JSON.parse(localStorage.getItem('user')) } catch { return null }
}
async function call(method, path, body) {
  const user = storedUser()
  const headers = { 'Veloera-User': String(user && user.id ? user.id : -1) }
  if (body) headers['Content-Type'] = 'application/json'
  const answer = await fetch(path, {
    method, credentials: 'include', headers, body: body && JSON.stringify(body),
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
  document.title = status.data.system_name
  localStorage.setItem('status', JSON.stringify(status.data))
  for (const name of COPIES) {
    const value = status.data[name]
    localStorage.setItem(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
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
  const quota = user.quota + (user.subscription_quota || 0)
  byId('balance').textContent = '$' + (quota / quotaPerUnit).toFixed(2)
  say('')
  void showCorner()
}
async function start() {
  const user = storedUser()
  if (!user || !user.id) return showLogin()
  const self = await call('GET', '/api/user/self')
  if (self.success) showConsole(self.data)
  else showLogin(self.message)
}
byId('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  const body = { username: form.get('username'), password: form.get('password') }
  const answer = await call('POST', '/api/user/login' + turnstile(), body)
  if (!answer.success) return say(answer.message)
  localStorage.setItem('user', JSON.stringify(answer.data))
  history.pushState(null, '', HOME)
  await start()
})
byId('logout').addEventListener('click', async () => {
  await call('GET', '/api/user/logout')
  localStorage.removeItem('user')
  showLogin()
})
loadStatus().then(start)
`

/**
 * The inline script of the page. `localStorage.user` is written at login only and outlives the
 * cookie; every call carries its id, or -1 (`contracts/veloera.md` 11).
 */
export function consoleScript(core: VeloeraCore, corner: CheckInCorner): string {
  const home = core.isV4 ? '/app/tokens' : '/token'
  return `'use strict'
const COPIES = ${JSON.stringify(STATUS_COPIES)}
const HOME = '${home}'${SCRIPT}${cornerScript(corner)}`
}
