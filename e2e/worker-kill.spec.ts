import { expect, test } from './fixtures'
import { addTokenAccounts, glance, pointsOf, seedSites, waitForRefresh } from './support/accounts'

const KILLS = 50
const ACCOUNTS = 120

test('a worker killed 50 times at random moments loses nothing and ends its jobs', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(240_000)
  const sites = seedSites(farm, { count: ACCOUNTS })
  const ids = await addTokenAccounts(extension, options, sites)
  for (const site of sites) site.relay.faults.set({ path: '*' }, { kind: 'latency', ms: 60 })

  let kills = 0
  let rounds = 0
  while (kills < KILLS) {
    rounds += 1
    for (const site of sites) site.user.quota += 1
    const started = await extension.send(options, 'refresh.start', {})
    expect(started).toMatchObject({ ok: true })
    while (kills < KILLS) {
      await options.evaluate(
        (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        Math.random() * 400,
      )
      await extension.stopWorker()
      // Asking wakes the dead worker. Only a kill in the middle of a job counts.
      const progress = await extension.send(options, 'refresh.progress', {})
      if (!progress.ok) continue
      if (progress.value?.state !== 'running') break
      kills += 1
    }
    const progress = await extension.send(options, 'refresh.progress', {})
    if (progress.ok && progress.value) await waitForRefresh(extension, options)

    // No undisturbed refresh comes to the rescue: the killed job itself has to have done it all.
    const answer = await extension.send(options, 'accounts.glance', {})
    expect(answer.ok && answer.value.damaged).toEqual([])
    const rows = new Map((await glance(extension, options)).map((row) => [row.id, row]))
    expect(rows.size).toBe(ACCOUNTS)
    for (const site of sites) {
      const row = rows.get(ids[site.index]!)
      expect(row?.failure).toBeUndefined()
      expect(pointsOf(row)).toBe(site.quota + rounds)
    }
  }
})
