import { expect, test } from '../fixtures'
import { KeysPage } from '../pages/keys-page'
import type { ExtensionBrowser } from '../support/browser'
import { logIn } from '../support/console'
import { ringAlarms } from '../support/tab-watch'
import { addKeyAccount, plainKeys, USER_NAME, USER_PASSWORD } from './key-accounts'

const COUNT = 60
/** The site's own count: 20 requests in 20 minutes, its user's logins among them. */
const BUCKET = 20
const WINDOW_MS = 1_200_000
/** What is left to the user, whatever the repair does. */
const USERS_SHARE = 3
const ROUTES = ['/api/token/:id/key', '/api/token/batch/keys']

/** Lets the worker that runs now think it is later; one that starts anew knows the true time. */
async function letWorkerThink(extension: ExtensionBrowser, laterMs: number): Promise<void> {
  const worker = extension.context.serviceWorkers().at(-1)
  if (!worker) throw new Error('there is no worker')
  await worker.evaluate((ms) => {
    const scope = globalThis as { trueNow?: () => number }
    const now = (scope.trueNow ??= Date.now.bind(Date))
    Date.now = () => now() + ms
  }, laterMs)
}

test('60 hidden keys at a site with a small bucket: the repair takes its time, survives a kill and leaves logins free', async ({
  extension,
  farm,
  options,
}) => {
  let laterMs = 0
  const north = await addKeyAccount(extension, options, farm, 'North', {
    keys: plainKeys(...Array.from({ length: COUNT }, (_, at) => `key ${String(at + 1)}`)),
    hasBatchReveal: false,
    now: () => Date.now() + laterMs,
  })
  const { counters, state } = north.relay
  const keys = await KeysPage.open(extension)
  await expect(keys.accountRow('North')).toContainText('60 keys')
  const asked = () => counters.requests().filter(({ route }) => ROUTES.includes(route))
  const status = keys.panel.getByRole('status').first()
  const doneCount = async () => Number(/(\d+) of 60/.exec(await status.innerText())?.[1])

  await keys.openRepair()
  await keys.panel.getByRole('button', { name: 'Start repair' }).click()
  await expect(status).toHaveText(/^Waiting for a site’s limit, \d+ of 60 keys done$/)
  await expect(keys.panel.getByText(/^Goes on by itself at /)).toBeVisible()
  expect(asked().length).toBeLessThanOrEqual(BUCKET - USERS_SHARE)
  expect(await doneCount()).toBeGreaterThan(0)

  const console = await extension.context.newPage()
  for (let login = 0; login < USERS_SHARE; login += 1) {
    await console.context().clearCookies()
    await logIn(console, farm.origin(north.host), USER_NAME, USER_PASSWORD)
  }
  await console.close()
  await keys.page.bringToFront()

  const before = asked().length
  await extension.stopWorker()
  // The page asks again and again, which wakes the worker; the wait goes on.
  const answer = await extension.send(keys.page, 'repair.state', {})
  expect(answer).toMatchObject({ ok: true, value: { state: 'waiting' } })
  expect(asked().length).toBe(before)

  while ((await doneCount()) < COUNT) {
    const [done, sent] = [await doneCount(), asked().length]
    laterMs += WINDOW_MS + 1_000
    await letWorkerThink(extension, laterMs)
    await ringAlarms(keys.page, [])
    await expect.poll(doneCount).toBeGreaterThan(done)
    await expect(status).toHaveText(/^(?:Waiting for a site’s limit|Finished), /)
    expect(asked().length - sent).toBeLessThanOrEqual(BUCKET - USERS_SHARE)
  }
  await expect(status).toHaveText('Finished, 60 of 60 keys done')
  expect(counters.requests().filter((request) => request.status === 429)).toEqual([])
  // One try of the call for many, and each key once.
  expect(asked().length).toBe(COUNT + 1)

  await keys.closePanel()
  const last = [...state.tokens.values()].at(-1)!
  await keys.search.fill(`sk-${last.key}`)
  await expect(keys.names).toHaveText([last.name])
})
