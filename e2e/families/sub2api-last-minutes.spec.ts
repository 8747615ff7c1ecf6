import { createSub2ApiRelay, type Sub2ApiGeneration } from '../relays/sub2api/relay'
import { FAMILIES, type FamilyCase } from './cases'
import { MARA, sub2ApiSite, USERS } from './family-site'
import { expect, test } from './fixtures'
import { addByDefault, expectBalance, logInAs, setStage } from './stage'

const SUB2API = FAMILIES.find(({ slug }) => slug === 'sub2api-new')!

/** Sites whose pages cannot be made to renew: too old, or without the lock of a secure context. */
const SITES: readonly [string, Sub2ApiGeneration, FamilyCase['domain']][] = [
  ['a server without refresh tokens', 'old', 'localhost'],
  ['a page without Web Locks', 'new', 'test'],
]

for (const [name, generation, domain] of SITES) {
  test(`${name}: the login is used to its end, and no refresh token is sent`, async ({
    extension,
    farm,
  }) => {
    const relay = createSub2ApiRelay({
      generation,
      siteName: 'Harbour',
      users: USERS.map(({ dollars, ...user }) => ({
        ...user,
        email: `${user.username}@mail.example`,
        balance: dollars,
      })),
      // Sessions are renewed with less than 120 s left.
      accessTokenSec: 100,
      page: { refreshBeforeMs: 1_000 },
    })
    const family = { ...SUB2API, domain, create: () => sub2ApiSite(relay, 'secret') }
    const stage = await setStage(family, extension, farm)
    const { accounts, site } = stage
    await logInAs(stage, MARA)
    await addByDefault(stage, MARA)
    site.setBalance(MARA, 7.5)
    await accounts.refresh('mara')
    await expectBalance(stage, MARA, 7.5)

    site.endLogins()
    await accounts.refresh('mara')
    await expect(
      accounts.panel.getByText(/The open page of \S+ holds a login that has run out/),
    ).toBeVisible()
    await expectBalance(stage, MARA, 7.5)
    expect(site.spent()).toBe(0)
  })
}
