import type { AccountsPage } from '../pages/accounts-page'
import { createSub2ApiRelay } from '../relays/sub2api/relay'
import { glance } from '../support/accounts'
import { FAMILIES } from './cases'
import { MARA, NOEL, sub2ApiSite, USERS } from './family-site'
import { expect, test } from './fixtures'
import { addByDefault, expectBalance, logInAs, setStage } from './stage'

const SUB2API = FAMILIES.find(({ slug }) => slug === 'sub2api-new')!

/** The new Sub2API; `code` is what Noel's second factor shows. */
function siteWith(code: string | null) {
  const relay = createSub2ApiRelay({
    generation: 'new',
    siteName: 'Harbour',
    users: USERS.map(({ id, username, password, dollars }) => ({
      id,
      username,
      password,
      email: `${username}@mail.example`,
      balance: dollars,
      totpCode: id === NOEL.id ? code : null,
    })),
  })
  return { relay, family: { ...SUB2API, create: () => sub2ApiSite(relay, 'password') } }
}

/** Fills in the form that signs in at a site, and sends it. */
async function signIn({ page, panel }: AccountsPage, origin: string): Promise<void> {
  await page.getByRole('button', { name: 'Add account' }).first().click()
  await panel.getByLabel('Site address').fill(origin)
  await panel.getByRole('button', { name: 'Enter by hand' }).click()
  await panel.getByLabel('Site type').selectOption({ label: 'Sub2API' })
  await panel.getByLabel('E-mail or user name').fill('noel@mail.example')
  await panel.getByLabel(/^Password/).fill(NOEL.password)
  await panel.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('a second account made by signing in leaves the page and its account alone', async ({
  extension,
  farm,
}) => {
  const { relay, family } = siteWith(null)
  const stage = await setStage(family, extension, farm)
  const { accounts, origin, site } = stage
  const tab = await logInAs(stage, MARA)
  await addByDefault(stage, MARA)
  await signIn(accounts, origin)
  await expect(accounts.panel.getByText(`noel (ID ${String(NOEL.id)})`)).toBeVisible()
  await expect(
    accounts.panel.getByRole('radio', { name: 'Use the session made for Relaydeck' }),
  ).toBeChecked()
  await accounts.store()
  await expectBalance(stage, NOEL, NOEL.dollars)

  // Every bearer is refused: the page's session is renewed in the page, the other one by us.
  site.endLogins()
  site.setBalance(MARA, 1.25)
  site.setBalance(NOEL, 2.5)
  await accounts.refreshAll()
  await expectBalance(stage, MARA, 1.25)
  await expectBalance(stage, NOEL, 2.5)
  const rows = await glance(extension, accounts.page)
  expect(rows.map(({ health }) => health)).toEqual(['good', 'good'])
  expect([...relay.state.refreshUses.values()]).toEqual([1, 1])
  await tab.reload()
  await expect(tab.getByText('mara', { exact: true })).toBeVisible()
})

test('signing in asks for the code of a second factor where the site wants one', async ({
  extension,
  farm,
}) => {
  const { relay, family } = siteWith('246810')
  const { accounts, origin } = await setStage(family, extension, farm)
  const { panel } = accounts
  await signIn(accounts, origin)
  const code = panel.getByLabel('Code of the second factor')
  await code.fill('000000')
  await panel.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(
    panel.getByText('The site does not accept this code.', { exact: false }),
  ).toBeVisible()
  await code.fill('246810')
  await panel.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(panel.getByText(`noel (ID ${String(NOEL.id)})`)).toBeVisible()
  await accounts.store()
  await expect(accounts.row('noel')).toContainText(NOEL.dollars.toFixed(2))
  expect(relay.state.refreshLog).toEqual([])
})
