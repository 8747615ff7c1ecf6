import type { Page } from '@playwright/test'

import { glance, refreshAll } from '@/e2e/support/accounts'
import type { ExtensionBrowser } from '@/e2e/support/browser'
import { logIn } from '@/e2e/support/console'

import { PASSWORD, USERNAME } from './doubles'
import { type TourRow, tourRow } from './rows'
import type { DemoSite } from './sites'

/** Logs in at the consoles of all demo sites, each in a tab that stays open. */
export async function logInEverywhere(
  extension: ExtensionBrowser,
  sites: readonly DemoSite[],
): Promise<void> {
  for (const site of sites) {
    const page = await extension.context.newPage()
    await logIn(page, site.origin, USERNAME, PASSWORD)
  }
}

/** Adds every site as the form does, refreshes all, and reads back what is shown. */
export async function takeTour(
  extension: ExtensionBrowser,
  sites: readonly DemoSite[],
  say: (line: string) => void,
): Promise<TourRow[]> {
  const page = await extension.openOptions('/accounts')
  await addSites(extension, page, sites, say)
  const rows = await glance(extension, page)
  const described = await extension.send(page, 'sites.describe', {})
  await page.close()
  const labels = new Map(described.ok ? described.value.map((one) => [one.type, one.label]) : [])
  return sites.map((site) => {
    const row = rows.find(({ origin }) => origin === site.origin)
    return tourRow(site, row, (row && labels.get(row.siteType)) ?? '')
  })
}

/** Adds sites and refreshes them, and again those whose protection goes up after the first time. */
export async function addSites(
  extension: ExtensionBrowser,
  page: Page,
  sites: readonly DemoSite[],
  say: (line: string) => void,
): Promise<void> {
  const shielded: string[] = []
  for (const site of sites) {
    say(`adding ${site.name} by recognition`)
    const id = await addSite(extension, page, site)
    if (site.shield) shielded.push(id)
  }
  say('refreshing all accounts')
  await refreshAll(extension, page)
  for (const site of sites) if (site.shield) await putUp(extension, site, site.shield)
  if (shielded.length > 0) await refreshAll(extension, page, shielded)
}

/** The site's tab goes: it was loaded before the protection page and would never show it. */
async function putUp(
  extension: ExtensionBrowser,
  { origin }: DemoSite,
  shield: { isUp: boolean },
): Promise<void> {
  shield.isUp = true
  for (const page of extension.context.pages()) {
    if (page.url().startsWith(`${origin}/`)) await page.close()
  }
}

/** Adds the login of a site's open tab in the way recognition offers first. */
async function addSite(
  extension: ExtensionBrowser,
  page: Page,
  { name, origin }: DemoSite,
): Promise<string> {
  const found = await extension.send(page, 'sites.recognise', { origin })
  const recognition = found.ok ? found.value.recognition : null
  const way = recognition?.ways[0]
  if (!recognition || way === undefined) {
    const failure = found.ok ? found.value.failure : found.failure
    throw new Error(`${name} is not recognised: ${JSON.stringify(failure)}`)
  }
  const { draftId, siteName, exchangeRate } = recognition
  const choice = { draftId, name: siteName, exchangeRate, way }
  const added = await extension.send(page, 'accounts.addRecognised', choice)
  if (!added.ok) throw new Error(`${name} is not added: ${JSON.stringify(added.failure)}`)
  return added.value.id
}
