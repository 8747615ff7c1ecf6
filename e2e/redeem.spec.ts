import { expect, test } from './fixtures'
import { addKeyAccount } from './keys/key-accounts'
import { AccountsPage } from './pages/accounts-page'
import { RedeemPage } from './pages/redeem-page'
import type { NewApiRelay } from './relays/new-api/relay'
import { keptInMemory, keptOnDisk, listenToConsoles, shownIn } from './support/clear-text'
import { codeOf, codesOf } from './support/codes'
import { tabTo } from './support/keyboard'

/** One dollar. */
const DOLLAR = 500_000

/** How often the site was asked to redeem a code. */
const posts = (relay: NewApiRelay) => relay.counters.count('POST', '/api/user/topup')

/** The codes the site credited, in their order. */
const credited = (relay: NewApiRelay) => relay.books.codes.map(({ code }) => code)

test('each code of a pasted text ends with its own sentence, and none of them is shown', async ({
  extension,
  farm,
  options,
}) => {
  const said = listenToConsoles(extension)
  const [first, second, used, expired, invalid] = codesOf('gift', 5) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const hash = codeOf('junk').repeat(2)
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
    codes: [
      { code: first, quota: DOLLAR },
      { code: second, quota: 3 * DOLLAR },
      { code: used, quota: DOLLAR, status: 3 },
      { code: expired, quota: DOLLAR, expiredTime: 1_700_000_000 },
    ],
  })
  const accounts = await AccountsPage.open(extension)
  await expect(accounts.row('Harbour')).toContainText('2.00')

  const redeem = await RedeemPage.open(extension)
  await redeem.find(
    `For you: ${first}, ${second}.\nOld ones (${used}; "${expired}"), ${invalid}\nsha256 ${hash}`,
  )
  await expect(redeem.offer.getByRole('heading')).toHaveText('5 codes found')
  for (const code of [first, second, used, expired, invalid]) {
    await expect(redeem.offered(code)).toBeChecked()
  }
  const codes = [first, second, used, expired, invalid, hash]
  const expectHidden = async (when: string) => {
    const shown = await shownIn(extension)
    expect(codes.filter((code) => shown.includes(code), when)).toEqual([])
  }
  await expectHidden('while they wait')
  expect(posts(relay), 'nothing is sent before the user says so').toBe(0)

  await redeem.account('Harbour').check()
  await redeem.offer.getByRole('button', { name: 'Redeem 5 codes at Harbour' }).click()
  await expect(redeem.line(first)).toContainText('Redeemed: $1.00 credited.')
  await expect(redeem.line(second)).toContainText('Redeemed: $3.00 credited.')
  await expect(redeem.line(used)).toContainText('Used before, the site says.')
  await expect(redeem.line(expired)).toContainText('Expired, the site says.')
  await expect(redeem.line(invalid)).toContainText('The site does not know this code.')
  await expect(redeem.status).toHaveText('2 redeemed · 1 used before · 1 expired · 1 not known')
  // Nobody refreshed it.
  await expect(accounts.row('Harbour')).toContainText('6.00')

  expect(credited(relay)).toEqual([first, second])
  expect(posts(relay)).toBe(5)
  await expectHidden('afterwards')
  const kept = [await keptOnDisk(options), await keptInMemory(options), ...said].join('\n')
  expect(codes.filter((code) => kept.includes(code))).toEqual([])
})

test('the same code from two pages at once is redeemed once', async ({
  extension,
  farm,
  options,
}) => {
  const code = codeOf('twin')
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
    redeemMs: 500,
    codes: [{ code, quota: DOLLAR }],
  })
  const pages = [await RedeemPage.open(extension), await RedeemPage.open(extension)] as const
  for (const redeem of pages) {
    await redeem.page.bringToFront()
    await redeem.find(code)
    await redeem.account('Harbour').check()
    await redeem.offer.getByRole('button', { name: /^Redeem / }).focus()
  }
  await Promise.all(pages.map(({ page }) => page.keyboard.press('Enter')))
  for (const { page, batches } of pages) {
    await page.bringToFront()
    await expect(batches).toHaveCount(2)
    await expect(batches.getByRole('status')).toHaveText(['1 redeemed', '1 redeemed'])
  }
  expect(posts(relay)).toBe(1)
  expect(credited(relay)).toEqual([code])

  // Nor is it sent once more by whoever finds it a third time.
  const [{ page }] = pages
  const again = new RedeemPage(page)
  await page.bringToFront()
  await again.find(code)
  await expect(again.offer).toContainText('already redeemed')
  await expect(again.offered(code)).not.toBeChecked()
  await again.offered(code).check()
  await again.account('Harbour').check()
  await again.redeem()
  await expect(again.batches).toHaveCount(3)
  await expect(again.status).toHaveText('1 redeemed')
  expect(posts(relay)).toBe(1)
})

test('codes are tried at several accounts only after a question, and end at the one that knows them', async ({
  extension,
  farm,
  options,
}) => {
  const code = codeOf('island')
  const harbour = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
  })
  const island = await addKeyAccount(extension, options, farm, 'Island', {
    keys: [],
    redeemTexts: 'older',
    codes: [{ code, quota: DOLLAR }],
  })
  const redeem = await RedeemPage.open(extension)
  await redeem.find(code)
  // Where nothing tells which account is meant, nothing is sent by a guess.
  await redeem.redeem()
  await expect(redeem.offer).toContainText('Choose where they go.')
  await redeem.offer.getByRole('radio', { name: 'Try these in order' }).check()
  await redeem.account('Harbour').check()
  await redeem.account('Island').check()
  await redeem.redeem()
  const question = redeem.page.getByRole('dialog')
  await expect(question).toContainText('Try 1 code at 2 accounts?')
  await question.getByRole('button', { name: 'Go back' }).click()
  await expect(question).toBeHidden()
  expect(posts(harbour.relay) + posts(island.relay)).toBe(0)

  await redeem.redeem()
  await question.getByRole('button', { name: 'Try in this order' }).click()
  await expect(redeem.line(code)).toContainText('Redeemed: $1.00 credited.')
  await expect(redeem.line(code).getByRole('link')).toHaveText('Island')
  expect([posts(harbour.relay), posts(island.relay)]).toEqual([1, 1])
  expect(credited(island.relay)).toEqual([code])
})

test('what did not arrive is sent again on request, and what was redeemed is not', async ({
  extension,
  farm,
  options,
}) => {
  const codes = codesOf('late', 3)
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
    codes: codes.map((code) => ({ code, quota: DOLLAR })),
  })
  const redeem = await RedeemPage.open(extension)
  relay.faults.set({ path: '*' }, { kind: 'status', status: 502 })
  await redeem.redeemAt('Harbour', codes.slice(0, 2).join(' '))
  await expect(redeem.status).toHaveText('2 did not arrive')
  await expect(redeem.line(codes[0]!)).toContainText('It certainly did not arrive.')
  expect(posts(relay), 'a site that fails is not sent a code').toBe(0)

  relay.faults.clear()
  await redeem.batches.getByRole('button', { name: 'Try 2 codes again' }).click()
  await expect(redeem.status).toHaveText('2 redeemed')
  await expect(redeem.batches.getByRole('button', { name: /again$/ })).toHaveCount(0)
  expect(credited(relay).sort()).toEqual(codes.slice(0, 2).sort())
  expect(posts(relay)).toBe(2)

  await redeem.batches.getByRole('button', { name: 'Remove from this list' }).click()
  await expect(redeem.page.getByText('No codes redeemed yet')).toBeVisible()
  // The list is forgotten, what was sent is not.
  await redeem.find(codes.join(' '))
  await expect(redeem.offered(codes[0]!)).not.toBeChecked()
  await expect(redeem.offered(codes[2]!)).toBeChecked()
})

// Where a connection that was kept open is reset, the browser itself sends a request a second time.
for (const [how, kind] of [
  ['never comes', 'done-hang'],
  ['is cut off', 'done-reset'],
] as const) {
  test(`a code whose answer ${how} is looked up, and counts as what it is`, async ({
    extension,
    farm,
    options,
  }) => {
    const code = codeOf('lost')
    const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', {
      keys: [],
      redeemTexts: 'older',
      codes: [{ code, quota: DOLLAR }],
    })
    relay.faults.set({ method: 'POST', path: '/api/user/topup' }, { kind }, 1)
    const redeem = await RedeemPage.open(extension)
    await redeem.redeemAt('Harbour', code)
    await expect(redeem.line(code)).toContainText('Redeemed: $1.00 credited.', { timeout: 30_000 })
    expect(credited(relay)).toEqual([code])
    if (kind === 'done-hang') expect(posts(relay)).toBe(1)
  })
}

test('it works by keyboard alone', async ({ extension, farm, options }) => {
  const codes = codesOf('keys', 2)
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', {
    keys: [],
    redeemTexts: 'older',
    codes: codes.map((code) => ({ code, quota: DOLLAR })),
  })
  const redeem = await RedeemPage.open(extension)
  const { page } = redeem
  await tabTo(page, redeem.field)
  await page.keyboard.insertText(codes.join('\n'))
  await tabTo(page, page.getByRole('button', { name: 'Find codes' }))
  await page.keyboard.press('Enter')
  await expect(redeem.offer).toBeVisible()
  await tabTo(page, redeem.offered(codes[1]!))
  await page.keyboard.press('Space')
  await expect(redeem.offered(codes[1]!)).not.toBeChecked()
  await tabTo(page, redeem.account('Harbour'))
  await page.keyboard.press('Space')
  await tabTo(page, redeem.offer.getByRole('button', { name: 'Redeem 1 code at Harbour' }))
  await page.keyboard.press('Enter')
  await expect(redeem.status).toHaveText('1 redeemed')
  // The button is gone, and the next press of Tab goes on from there and not from the top.
  await page.keyboard.press('Tab')
  await expect(redeem.batches.getByRole('button', { name: /^1 code/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(redeem.line(codes[0]!)).toBeHidden()
  expect(credited(relay)).toEqual([codes[0]])
})
