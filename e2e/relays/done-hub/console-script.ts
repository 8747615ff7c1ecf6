/**
 * Inline script of the page. The user lives in its memory only: localStorage gets the status and
 * never `user`, which is removed after a 401 and at logout (`contracts/donehub.md` 11).
 */
export const CONSOLE_SCRIPT = `'use strict'
const byId = (id) => document.getElementById(id)
let site = null
async function api(path, init) {
  const answer = await fetch(path, { credentials: 'include', ...init })
  if (answer.status === 401) localStorage.removeItem('user')
  try { return await answer.json() } catch {
    return { success: false, message: 'HTTP ' + answer.status }
  }
}
function show(user, problem) {
  byId('login').hidden = user !== null
  byId('console').hidden = user === null
  byId('user-name').textContent = user ? user.display_name || user.username : ''
  byId('balance').textContent = user ? '$' + (user.quota / site.quota_per_unit).toFixed(2) : ''
  byId('problem').textContent = problem || ''
}
async function loadSite() {
  const answer = await api('/api/status')
  site = answer.success ? answer.data : { quota_per_unit: 500000 }
  if (!answer.success) return
  document.title = site.system_name
  localStorage.setItem('siteInfo', JSON.stringify(site))
  localStorage.setItem('quota_per_unit', String(site.quota_per_unit))
  localStorage.setItem('display_in_currency', String(site.display_in_currency))
  localStorage.setItem('default_language', site.language)
}
async function loadUser() {
  const self = await api('/api/user/self')
  show(self.success ? self.data : null)
}
byId('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  const answer = await api('/api/user/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(event.target))),
  })
  if (!answer.success) return show(null, answer.message)
  history.pushState(null, '', '/panel')
  await loadUser()
})
byId('logout').addEventListener('click', async () => {
  await api('/api/user/logout')
  localStorage.removeItem('user')
  show(null)
})
loadSite().then(loadUser)
`
