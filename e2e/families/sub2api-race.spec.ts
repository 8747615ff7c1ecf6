import { expect, test } from '../fixtures'
import { refreshAll, waitForRefresh } from '../support/accounts'
import { openRaceSite, type RaceSite, refreshPage, sessionState, waitsIn } from './race-site'

const ROUNDS = 200
/** A site takes a limited number of requests in a few minutes, so the rounds are spread. */
const SITES = 20
/** Sites where page and extension race at the same time. */
const AT_ONCE = 5

/** How much later than the extension a page may begin at least, and how slow a site may answer, ms. */
const LATER_MS = 100
const SLOW_MS = 30

const SLOW_PATHS = ['/api/v1/auth/refresh', '/api/v1/settings/public', '/api/v1/auth/me']
const GOOD = { isLoggedIn: true, isPairGood: true, mostUses: 1 }

const random = (below: number) => Math.floor(Math.random() * below)

/** Lets a site answer after random times, and refuse every bearer where that is the need. */
function upset({ relay, need }: RaceSite): void {
  relay.faults.clear()
  for (const path of SLOW_PATHS)
    relay.faults.set({ path }, { kind: 'latency', ms: random(SLOW_MS) })
  if (need === 'refused') relay.state.secret = `secret-${String(Math.random())}`
}

test('page and extension renew at once, 200 times: nobody is logged out, no token goes twice', async ({
  extension,
  farm,
  options,
}) => {
  const sites: RaceSite[] = []
  for (let index = 0; index < SITES; index += 1) {
    const host = `race-${String(index)}.localhost`
    const need = index % 2 === 0 ? 'ends-soon' : 'refused'
    sites.push(await openRaceSite(extension, farm, options, { host, need }))
  }
  await waitForRefresh(extension, options)
  // A page begins at any moment while the extension is at it, however fast the machine is.
  let laterMs = LATER_MS
  for (let round = 0; round < ROUNDS; round += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, at) => sites[(round + at) % SITES]!)
    batch.forEach(upset)
    const ids = batch.map(({ accountId }) => accountId)
    const beganMs = performance.now()
    const ended = refreshAll(extension, options, ids).then((job) => {
      laterMs = Math.max(LATER_MS, (performance.now() - beganMs) / 2)
      return job
    })
    const [job, hasSession] = await Promise.all([
      ended,
      Promise.all(batch.map((site) => refreshPage(site, random(laterMs)))),
    ])
    const states = await Promise.all(batch.map(sessionState))
    expect(states, `round ${String(round)}`).toEqual(batch.map(() => GOOD))
    expect(hasSession).not.toContain(false)
    expect(job).toMatchObject({ succeeded: AT_ONCE, failed: 0 })
  }
  // They did meet, in both orders.
  const waits = await Promise.all(sites.map(waitsIn))
  expect(waits.reduce((sum, { page }) => sum + page, 0)).toBeGreaterThan(5)
  expect(waits.reduce((sum, { extension }) => sum + extension, 0)).toBeGreaterThan(5)
})
