import type { RequestHandler } from '../relays/kit/site-double'
import { notFoundServer, silentServer, staticSite, unrelatedApp } from '../relays/foreign/sites'
import { createNewApiRelay, RELATIVES } from '../relays/new-api/relay'
import { AccountsPage } from '../pages/accounts-page'
import { glance } from '../support/accounts'
import { logIn } from '../support/console'
import { MARA } from './family-site'
import { expect, test } from './fixtures'

/** The 10 s that recognition allows itself, and what a slow machine takes for the screen, ms. */
const DEADLINE_MS = 15_000

interface ForeignCase {
  readonly name: string
  readonly create: () => RequestHandler
  readonly title: string
  readonly sentence: RegExp
  /** What was tried, as far as it is worth reading. */
  readonly tried: RegExp
}

const UNKNOWN = {
  title: 'Site not recognised',
  sentence: /does not look like a supported relay/,
} as const

const SILENT = {
  title: 'No answer in time',
  sentence: /did not show within 10 seconds what runs there/,
  tried: /Tried: .*no answer in time/,
} as const

/** Shows its page, so that the requests go through the tab, and answers nothing else. */
function silentApi(): RequestHandler {
  const page = staticSite()
  const silent = silentServer()
  return {
    handle: (request, response) => {
      const site = request.url === '/' ? page : silent
      site.handle(request, response)
    },
  }
}

const FOREIGN: readonly ForeignCase[] = [
  { ...UNKNOWN, name: 'an unrelated app', create: unrelatedApp, tried: /data of another kind/ },
  { ...UNKNOWN, name: 'a static page', create: staticSite, tried: /\/api\/status: 404/ },
  { ...UNKNOWN, name: 'a 404 server', create: notFoundServer, tried: /\/api\/status: 404/ },
  { ...SILENT, name: 'a silent server', create: silentServer },
  { ...SILENT, name: 'a page whose API is silent', create: silentApi },
]

FOREIGN.forEach(({ name, create, title, sentence, tried }, index) => {
  test(`${name} in a tab: recognition ends in time and leaves a form to fill in`, async ({
    extension,
    farm,
  }) => {
    const host = `foreign-${String(index)}.test`
    farm.add(host, create())
    const origin = farm.origin(host)
    const tab = await extension.context.newPage()
    // The silent server never lets its page be loaded; the tab is there all the same.
    await tab.goto(origin, { waitUntil: 'commit', timeout: 1_000 }).catch(() => undefined)
    const accounts = await AccountsPage.open(extension)
    const { panel } = accounts
    const startedAt = Date.now()
    await accounts.lookAt(origin)
    await expect(panel.getByText(title, { exact: true })).toBeVisible({ timeout: DEADLINE_MS })
    expect(Date.now() - startedAt).toBeLessThan(DEADLINE_MS)
    await expect(panel.getByText(sentence)).toBeVisible()
    await expect(panel.getByText(tried)).toBeVisible()

    await expect(panel.getByLabel('Site address')).toHaveValue(origin)
    await panel.getByLabel('User ID').fill('17')
    await expect(panel.getByLabel('User ID')).toHaveValue('17')
    await expect(panel.getByRole('button', { name: 'Add account', exact: true })).toBeEnabled()
    expect(await glance(extension, accounts.page)).toEqual([])
  })
})

test('V-API: the user it keeps in a place of its own is found without the common one', async ({
  extension,
  farm,
}) => {
  const { id, username, password } = MARA
  const relay = createNewApiRelay({
    generation: 'g1a',
    relative: RELATIVES['v-api'],
    users: [{ id, username, password, quota: 6_170_000 }],
  })
  farm.add('own-place.test', relay)
  const origin = farm.origin('own-place.test')
  const tab = await extension.context.newPage()
  await logIn(tab, origin, username, password)
  await tab.evaluate(() => {
    localStorage.removeItem('user')
  })
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(origin)
  await expect(accounts.panel.getByText(`mara (ID ${String(id)})`)).toBeVisible()
})
