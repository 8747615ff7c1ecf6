import type { Page } from '@playwright/test'

import type { CheckInState } from '@/src/domain/check-in'
import type { JournalEntry } from '@/src/domain/journal'

import { expect, test } from '../fixtures'
import { CheckInPage } from '../pages/check-in-page'
import type { Farm } from '../relays/farm'
import { journalOf } from '../support/automation'
import type { ExtensionBrowser } from '../support/browser'
import { KIND_NAMES, kindOf, type KindName } from './kinds'
import { checkIns, isOpen, runEnd } from './runs'
import { addCheckInSites, checkInElsewhere, type CheckInSite, postsTo } from './sites'

const KILLS = 100
/** Accounts of each kind. */
const EACH = 10
/** The first kills of a run meet most of its accounts; the later ones only the slowest. */
const KILLS_A_ROUND = 25
const LONGEST_GAP_MS = 600
const HOUR_MS = 3_600_000
/** Requests of a round that may die with their worker before the site has them. */
const MOST_LOST = 15

/** What is the matter with a site, by its number among those of its kind. */
const ROLES = [
  'plain',
  'plain',
  'plain',
  'plain',
  'done elsewhere',
  'done elsewhere',
  'turnstile',
  'turnstile',
  'slow',
  'cuts the line',
] as const

const roleOf = ({ name }: { name: string }) => ROLES[Number(name.split(' ').at(-1))]

test('a worker killed 100 times during check-ins: all done, and as the sites have it', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(480_000)
  const page = await CheckInPage.goTo(options)
  let kills = 0
  let rounds = 0
  while (kills < KILLS) {
    rounds += 1
    const sites = await putUp(extension, farm, options, rounds)
    const sinceMs = Date.now()
    await page.startAll()
    for (let left = KILLS_A_ROUND; left > 0 && kills < KILLS;) {
      await options.evaluate(
        (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        Math.random() * LONGEST_GAP_MS,
      )
      await extension.stopWorker()
      // Asking wakes the dead worker. Only a kill in the middle of a run counts.
      const list = await extension.send(options, 'checkIn.list', {})
      if (!list.ok) continue
      const { run } = list.value
      if (!isOpen(run) || run?.why !== 'you') break
      kills += 1
      left -= 1
    }
    // The killed run itself has to have come to everybody.
    const run = await runEnd(extension, options)
    expect(run.lines.map(({ id }) => id).sort()).toEqual(idsOf(sites).sort())
    const entries = await journalOf(extension, options, 'check-in')
    await expectAsBooked(extension, options, entries, { sites, sinceMs })
    expect(entries.filter(({ why }) => why === 'you')).toHaveLength(rounds)

    for (const site of sites) await expectLeftForLater(extension, options, site)
    const removed = await extension.send(options, 'accounts.remove', { ids: idsOf(sites) })
    expect(removed).toMatchObject({ ok: true })
  }
})

const idsOf = (sites: readonly CheckInSite[]) => sites.map(({ accountId }) => accountId)

/** Sixty sites of a round, each with what its role says. */
async function putUp(
  extension: ExtensionBrowser,
  farm: Farm,
  options: Page,
  round: number,
): Promise<CheckInSite[]> {
  const wanted = KIND_NAMES.flatMap((kind) =>
    Array.from({ length: EACH }, (_, index) => {
      const name = `${kind} ${String(round)} ${String(index)}`
      return { kind, name, turnstile: roleOf({ name }) === 'turnstile' && hasTurnstile(kind) }
    }),
  )
  const sites = await addCheckInSites(extension, options, farm, wanted)
  for (const [index, site] of sites.entries()) {
    const { faults } = site.relay
    const role = roleOf(site)
    if (role === 'done elsewhere') await checkInElsewhere(farm, site, 2 * HOUR_MS)
    // A slow one is hardly ever left alone for as long as it takes.
    faults.set({ path: '*' }, { kind: 'latency', ms: role === 'slow' ? 400 : 40 + 5 * index })
    if (role !== 'cuts the line') continue
    // It books, and nobody hears of it.
    faults.set({ method: 'POST', path: kindOf(site.kind).post }, { kind: 'done-reset' })
  }
  return sites
}

const hasTurnstile = (kind: KindName) => kindOf(kind).hasTurnstile

/** What was lost on its way, and may still arrive for all that is known, is sent again later. */
async function expectLeftForLater(
  extension: ExtensionBrowser,
  options: Page,
  { accountId, name }: CheckInSite,
): Promise<void> {
  const { rows } = await checkIns(extension, options)
  const row = rows.find((one) => one.accountId === accountId)
  if (row?.mark?.state === 'not-done') expect(row.nextAtMs, name).toBeGreaterThan(Date.now())
}

/** Holds what Relaydeck says of every site against what the site has in its books. */
async function expectAsBooked(
  extension: ExtensionBrowser,
  options: Page,
  entries: readonly JournalEntry[],
  { sites, sinceMs }: { sites: readonly CheckInSite[]; sinceMs: number },
): Promise<void> {
  const { rows } = await checkIns(extension, options)
  // The newest first: what was not known may have been found out by a later look.
  const lines = entries.flatMap((entry) => entry.lines)
  const said = sites.map((site) => {
    const row = rows.find(({ accountId }) => accountId === site.accountId)
    const line = lines.find(({ id }) => id === site.accountId)
    return { name: site.name, row: row?.mark?.state, line: line?.state, running: row?.running }
  })
  const failures = lines.flatMap(({ id, failure }) => {
    const site = sites.find(({ accountId }) => accountId === id)
    return site && failure ? `${site.name}: ${failure.class}/${String(failure.reason)}` : []
  })
  expect(said, failures.join('\n')).toEqual(
    sites.map((site, index) => {
      const honest = honestStates(site, sinceMs)
      const state = honest.find((one) => one === said[index]?.row) ?? honest[0]
      return { name: site.name, row: state, line: state, running: false }
    }),
  )
  const isLost = ({ turnstile, relay }: CheckInSite) =>
    !turnstile && relay.books.checkIns.length === 0
  expect(sites.filter(isLost).length).toBeLessThanOrEqual(MOST_LOST)
  for (const site of sites) {
    const [booked, ...more] = site.relay.books.checkIns
    expect(more, site.name).toEqual([])
    if (booked && !mayStayUnknown(site)) expect(postsTo(site, booked.atMs), site.name).toBe(0)
  }
}

/** Only checking in tells whether such a site was done before, and the answer may be lost. */
function mayStayUnknown(site: CheckInSite): boolean {
  return !kindOf(site.kind).hasStatus && roleOf(site) === 'done elsewhere'
}

/** What may be said of a site whose books are as they are, the likeliest first. */
function honestStates(
  site: CheckInSite,
  sinceMs: number,
): readonly [CheckInState, ...CheckInState[]] {
  const [booked] = site.relay.books.checkIns
  if (booked && booked.atMs >= sinceMs) return ['done']
  if (booked) return mayStayUnknown(site) ? ['done-earlier', 'unknown'] : ['done-earlier']
  // A request that died with its worker, or its answer did: where nothing tells, that is said.
  if (!kindOf(site.kind).hasStatus) return ['not-done', 'unknown']
  return site.turnstile ? ['needs-you', 'not-done'] : ['not-done']
}
