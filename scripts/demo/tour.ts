import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import { AccountsPage } from '@/e2e/pages/accounts-page'
import { glance, pointsOf, refreshAll } from '@/e2e/support/accounts'
import type { ExtensionBrowser } from '@/e2e/support/browser'
import { logIn } from '@/e2e/support/console'

import { type DemoSite, PASSWORD } from './sites'

/** One account as Relaydeck shows it, beside what the relay's own books say. Quota points. */
export interface TourRow {
  readonly site: string
  readonly address: string
  readonly user: string
  readonly login: string
  readonly state: string
  readonly balancePoints: number | null
  readonly relayPoints: number
  readonly todayPoints: number | null
}

/** Logs in at the consoles of all demo sites. */
export async function logInEverywhere(
  extension: ExtensionBrowser,
  sites: readonly DemoSite[],
): Promise<void> {
  for (const site of sites) {
    const page = await extension.context.newPage()
    await logIn(page, site.origin, site.user.username, PASSWORD)
  }
}

/** Adds every site as a person would, refreshes all, and reads back what is shown. */
export async function takeTour(
  extension: ExtensionBrowser,
  sites: readonly DemoSite[],
  say: (line: string) => void,
): Promise<TourRow[]> {
  const accounts = await AccountsPage.open(extension)
  for (const site of sites) {
    say(`adding ${site.name} by recognition`)
    await accounts.page.goto(accounts.page.url().replace(/#.*$/, '#/accounts'))
    await accounts.recognise(site.origin)
    await accounts.store()
    await accounts.row(site.name).waitFor()
  }
  say('refreshing all accounts')
  await refreshAll(extension, accounts.page)
  const rows = await glance(extension, accounts.page)
  await accounts.page.close()
  return sites.map((site) => {
    const row = rows.find((one) => one.origin === site.origin)
    const today = row?.today.state === 'unavailable' ? null : (row?.today.value ?? null)
    return {
      site: row?.name ?? site.name,
      address: site.origin,
      user: row?.username ?? '',
      login: row?.authMode === 'token' ? 'access token' : "browser's login",
      state: row?.health ?? 'missing',
      balancePoints: pointsOf(row),
      relayPoints: site.relay.state.users.get(site.user.id)?.quota ?? Number.NaN,
      todayPoints: today,
    }
  })
}

/** Pictures of popup and Accounts page, light and dark, into `folder`. */
export async function takePictures(extension: ExtensionBrowser, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    const popup = await extension.openPopup()
    await popup.emulateMedia({ colorScheme: scheme })
    await popup.getByRole('listitem').first().waitFor()
    files.push(path.join(folder, `popup-${scheme}.png`))
    await popup.screenshot({ path: files.at(-1) ?? '' })
    await popup.close()
    const options = await extension.openOptions('/accounts')
    await options.emulateMedia({ colorScheme: scheme })
    await options.getByRole('row').nth(1).waitFor()
    files.push(path.join(folder, `accounts-${scheme}.png`))
    await options.screenshot({ path: files.at(-1) ?? '' })
    await options.close()
  }
  return files
}
