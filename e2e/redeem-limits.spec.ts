import { expect, test } from './fixtures'
import { addKeyAccount } from './keys/key-accounts'
import { RedeemPage } from './pages/redeem-page'
import type { NewApiRelay } from './relays/new-api/relay'
import { alarmsOf } from './support/alarms'
import { codesOf } from './support/codes'

/** One dollar. */
const DOLLAR = 500_000
/** What Relaydeck allows itself of the 20 a site counts in so long, ms (`contracts/new-api.md 1.5`). */
const OURS = 15
const WINDOW_MS = 1_200_000
/** Two clock readings of one moment, and the seconds a run takes. */
const TOLERANCE_MS = 60_000

const redemptions = (relay: NewApiRelay) =>
  relay.counters.requests().filter(({ route }) => route === '/api/user/topup')

test('fifty codes stay below the limit of the site: the rest waits, says until when, and outlives the worker', async ({
  extension,
  farm,
  options,
}) => {
  const codes = codesOf('fifty', 50)
  // Every fifth is not known to the site, every tenth after it was used.
  const unknown = codes.filter((_, at) => at % 5 === 1)
  const used = codes.filter((_, at) => at % 10 === 2)
  const { relay, id } = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
    codes: codes
      .filter((code) => !unknown.includes(code))
      .map((code) => ({ code, quota: DOLLAR, status: used.includes(code) ? 3 : 1 })),
  })
  expect([unknown.length, used.length]).toEqual([10, 5])
  const redeem = await RedeemPage.open(extension)
  const startedAtMs = Date.now()
  await redeem.redeemAt('Harbour', codes.join('\n'))
  await expect(redeem.status).toHaveText(`${String(OURS)} of 50`)
  await expect(redeem.batches.getByText(/^Waits until \d\d:\d\d/)).toBeVisible()
  await expect(redeem.batches).toContainText(
    /The limit of \S*harbour\.test\S* allows no more codes/,
  )
  for (const [at, code] of codes.entries()) {
    const sentence =
      at >= OURS
        ? 'Waits for its turn.'
        : unknown.includes(code)
          ? 'The site does not know this code.'
          : used.includes(code)
            ? 'Used before, the site says.'
            : 'Redeemed: $1.00 credited.'
    await expect(redeem.line(code), `code ${String(at)}`).toContainText(sentence)
  }
  const expectUntouched = async () => {
    const sent = redemptions(relay)
    expect(sent).toHaveLength(OURS)
    expect(sent.filter(({ status }) => status === 429)).toEqual([])
    const due = (await alarmsOf(options)).filter(
      ({ scheduledTime }) => Math.abs(scheduledTime - startedAtMs - WINDOW_MS) < TOLERANCE_MS,
    )
    expect(due, 'somebody wakes the worker when the site takes codes again').not.toEqual([])
  }
  await expectUntouched()

  // Asked for at the same time, nothing more goes out either: neither by a new worker nor by hand.
  await extension.stopWorker()
  await redeem.page.reload()
  await expect(redeem.status).toHaveText(`${String(OURS)} of 50`)
  await expect(redeem.batches.getByText(/^Waits until \d\d:\d\d/)).toBeVisible()
  await expectUntouched()

  await redeem.batches.getByRole('button', { name: 'Stop' }).click()
  await expect(redeem.status).toHaveText(
    'Stopped · 10 redeemed · 2 used before · 3 not known · 35 did not arrive',
  )
  await expect(redeem.line(codes[49]!)).toContainText('It certainly did not arrive.')
  expect(redemptions(relay)).toHaveLength(OURS)
  const journal = await extension.send(options, 'journal.list', { kinds: ['redeem'], limit: 10 })
  expect(journal).toMatchObject({
    ok: true,
    value: { entries: [{ state: 'stopped', lines: [{ id }] }] },
  })
})

test('codes a site put off go on by themselves when it said so, with a new worker too', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(120_000)
  const codes = codesOf('put off', 4)
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
    codes: codes.map((code) => ({ code, quota: DOLLAR })),
  })
  const redeem = await RedeemPage.open(extension)
  const topUp = { method: 'POST', path: '/api/user/topup' }
  relay.faults.set(topUp, { kind: 'rate-limit', retryAfterSec: 5 }, 1)
  await redeem.redeemAt('Harbour', codes.join('\n'))
  await expect(redeem.status).toHaveText('0 of 4')
  await expect(redeem.batches.getByText(/^Waits until \d\d:\d\d/)).toBeVisible()
  await extension.stopWorker()
  await expect(redeem.status).toHaveText('4 redeemed', { timeout: 90_000 })
  expect(relay.books.codes.map(({ code }) => code).sort()).toEqual([...codes].sort())
  expect(redemptions(relay).map(({ status }) => status)).toEqual([429, 200, 200, 200, 200])
})
