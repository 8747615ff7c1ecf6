import type { Page } from '@playwright/test'

import { glance, refreshAll } from '@/e2e/support/accounts'
import type { ExtensionBrowser } from '@/e2e/support/browser'
import { logIn } from '@/e2e/support/console'
import type { KeyRef } from '@/src/domain/api-key'
import type { KeyListView } from '@/src/domain/key-list'

import { PASSWORD, USERNAME } from './doubles'
import { LIMITED_KEY } from './keys'
import { addCredential, type Lighthouse, type TourCredential } from './lighthouse'
import { type TourRow, tourRow } from './rows'
import type { DemoSite } from './sites'
import { until } from './until'

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

/** What the tour found and made. */
export interface Tour {
  readonly rows: readonly TourRow[]
  readonly credential: TourCredential
  /** The key that pictures show. */
  readonly key: KeyRef
}

/** Adds every site as the form does, refreshes all, lists their keys, and reads back what is shown. */
export async function takeTour(
  extension: ExtensionBrowser,
  sites: readonly DemoSite[],
  lighthouse: Lighthouse,
  say: (line: string) => void,
): Promise<Tour> {
  const page = await extension.openOptions('/accounts')
  const added = await addSites(extension, page, sites, say)
  say('listing the keys of all accounts')
  const lists = await listKeys(extension, page)
  await raiseShields(extension, page, added)
  say(`adding a credential for ${lighthouse.name}`)
  const credential = await addCredential(extension, page, lighthouse)
  const shown = await glance(extension, page)
  const described = await extension.send(page, 'sites.describe', {})
  await page.close()
  const labels = new Map(described.ok ? described.value.map((one) => [one.type, one.label]) : [])
  const rows = added.map(({ site, id }) => {
    const row = shown.find((one) => one.id === id)
    const keys = lists.find(({ accountId }) => accountId === id)
    return tourRow(site, { row, keys, software: (row && labels.get(row.siteType)) ?? '' })
  })
  return { rows, credential, key: limitedKeyOf(lists) }
}

interface AddedSite {
  readonly site: DemoSite
  /** Of the account. */
  readonly id: string
}

/** Adds sites and refreshes them. */
export async function addSites(
  extension: ExtensionBrowser,
  page: Page,
  sites: readonly DemoSite[],
  say: (line: string) => void,
): Promise<AddedSite[]> {
  const added: AddedSite[] = []
  for (const site of sites) {
    say(`adding ${site.name} by recognition`)
    added.push({ site, id: await addSite(extension, page, site) })
  }
  say('refreshing all accounts')
  await refreshAll(extension, page)
  return added
}

/** Puts protection pages up where the demo means one, and refreshes what is behind them again. */
export async function raiseShields(
  extension: ExtensionBrowser,
  page: Page,
  added: readonly AddedSite[],
): Promise<void> {
  const ids: string[] = []
  for (const { site, id } of added) {
    if (!site.shield) continue
    await putUp(extension, site, site.shield)
    ids.push(id)
  }
  if (ids.length > 0) await refreshAll(extension, page, ids)
}

/** Lists the keys of all accounts at their sites. */
async function listKeys(extension: ExtensionBrowser, page: Page): Promise<KeyListView[]> {
  const started = await extension.send(page, 'keys.load', {})
  if (!started.ok) throw new Error(`keys are not listed: ${JSON.stringify(started.failure)}`)
  return until(page, async () => {
    const answer = await extension.send(page, 'keys.lists', {})
    if (!answer.ok) throw new Error(`no lists of keys: ${JSON.stringify(answer.failure)}`)
    return answer.value.loading === null ? answer.value.lists : undefined
  })
}

function limitedKeyOf(lists: readonly KeyListView[]): KeyRef {
  const [row] = lists.flatMap(({ rows }) => rows.filter(({ name }) => name === LIMITED_KEY))
  if (!row) throw new Error(`no key is called ${LIMITED_KEY}`)
  return { accountId: row.accountId, keyId: row.id }
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
