import { expect, test } from '../fixtures'
import { glance, refreshAll, waitForRefresh } from '../support/accounts'
import { type Need, openRaceSite, type RaceSite, refreshPage, sessionState, waitsIn } from './race-site'

const ROUNDS = 200
/** A site takes a limited number of requests in a few minutes, so the rounds are spread. */
const SITES = 20
/** Sites that are raced at at a time. */
const AT_ONCE = 5

const REFRESH = '/api/v1/auth/refresh'
const GOOD = { isLoggedIn: true, isPairGood: true, mostUses: 1 }

/** How far apart two that begin at once may be, ms. */
const SPREAD_MS = 30

const random = (below: number) => Math.floor(Math.random() * below)

/** Lets the answers of a site take a random time, and refuses every bearer where that is the need. */
function upset({ relay, need }: RaceSite): void {
  relay.faults.clear()
  for (const path of [REFRESH, '/api/v1/settings/public', '/api/v1/auth/me']) {
    relay.faults.set({ path }, { kind: 'latency', ms: random(SPREAD_MS) })
  }
  if (need === 'refused') relay.state.secret = `secret-${String(Math.random())}`
}

test('page and extension renew at once, 200 times: nobody is logged out, no token goes twice', async ({
  extension,
  farm,
  options,
}) => {
  const sites: RaceSite[] = []
  for (let index = 0; index < SITES; index += 1) {
    const need: Need = index % 2 === 0 ? 'ends-soon' : 'refused'
    sites.push(await openRaceSite(extension, farm, options, { host: `race${String(index)}.localhost`, need }))
  }
  await waitForRefresh(extension, options)
  /** How often a round took that many presentations: one was adopted by the other, or none was. */
  const seen = new Map<number, number>()
  for (let round = 0; round < ROUNDS; round += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, at) => sites[(round + at) % SITES]!)
    const before = batch.map(({ relay }) => relay.state.refreshLog.length)
    batch.forEach(upset)
    const ids = batch.map(({ accountId }) => accountId)
    const [job, pages] = await Promise.all([
      refreshAll(extension, options, ids),
      Promise.all(batch.map((site) => refreshPage(site, random(Number(process.env['SP'] ?? 30))))),
    ])
    if (job.failed) {
      for (const row of await glance(extension, options)) if (row.failure) {
        const d = await extension.send(options, 'accounts.details', { id: row.id })
        console.log(row.origin, sites.find((x) => x.accountId === row.id)?.need, JSON.stringify(d.ok && d.value.snapshot.lastAttempt, null, 1))
      }
    }
    expect(job).toMatchObject({ succeeded: AT_ONCE, failed: 0 })
    expect(pages).not.toContain(false)
    const states = await Promise.all(batch.map(sessionState))
    expect(states, `round ${String(round)}`).toEqual(batch.map(() => GOOD))
    batch.forEach(({ relay }, at) => {
      const presented = relay.state.refreshLog.length - before[at]!
      seen.set(presented, (seen.get(presented) ?? 0) + 1)
    })
  }
  console.log(Object.fromEntries(seen))
  const waits = await Promise.all(sites.map(waitsIn))
  console.log(process.env['SP'], waits.reduce((a, b) => a + b.page, 0), waits.reduce((a, b) => a + b.extension, 0))
})
