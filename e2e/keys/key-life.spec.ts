import { MARA } from '../families/family-site'
import { expect, test } from '../families/fixtures'
import { addByDefault, logInAs, setStage } from '../families/stage'
import { KeysPage } from '../pages/keys-page'
import { waitForRefresh } from '../support/accounts'
import { CONSOLE_CASES, HOSTED_CASES } from './key-cases'
import { liveThrough } from './key-life'

test.beforeEach(async ({ extension }) => {
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
})

for (const { family, create, ...keyCase } of CONSOLE_CASES) {
  test(`${family.name}: a key lives its whole life on the Keys page`, async ({
    extension,
    farm,
  }) => {
    const site = create()
    const stage = await setStage({ ...family, create: () => site.site }, extension, farm)
    await logInAs(stage, MARA)
    await addByDefault(stage, MARA)
    await liveThrough({ keys: await KeysPage.goTo(stage.accounts.page), site, keyCase })
  })
}

for (const { name, siteType, userId, secret, create, ...keyCase } of HOSTED_CASES) {
  test(`${name}: a key lives its whole life on the Keys page`, async ({ extension, farm }) => {
    const site = create()
    const host = `${siteType}.test`
    farm.add(host, site.relay)
    const options = await extension.openOptions()
    const account = {
      origin: farm.origin(host),
      siteType,
      userId,
      username: MARA.username,
      auth: { mode: 'token', accessToken: secret },
      name,
      exchangeRate: 7.2,
    } as const
    const added = await extension.send(options, 'accounts.add', { account, refreshNow: true })
    expect(added).toMatchObject({ ok: true })
    await waitForRefresh(extension, options)
    await liveThrough({ keys: await KeysPage.goTo(options), site, keyCase })
  })
}
