import { readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { startFarm } from '@/e2e/relays/farm'
import { addTokenAccounts, refreshAll, type SeededSite, seedSites } from '@/e2e/support/accounts'
import { type ExtensionBrowser, TEST_BUILD } from '@/e2e/support/browser'

import { launchForBench } from './bench-browser'
import { withEmptyPage } from './empty-page'
import { measureKeys } from './keys-cost'
import { ACCOUNTS as KEY_ACCOUNTS, KEYS } from './keys-seed'
import { loadedKib, measurePage } from './page-metrics'
import { measureRefresh, type RefreshCost } from './refresh-cost'
import { type AccountsRound, type Basics, LATENCY_MS, type Measured, reportText } from './report'
import { median, medians, repeated, RUNS } from './statistics'
import { answerMs, coldAnswerMs, injectedContexts } from './worker-cost'

const COUNTS = [0, 50, 300, 1000] as const

/** An account row. */
const ROW = '[data-index]'
/** What stands there instead while there is no account. */
const INVITATION = 'main h2'
/** What a popup sends once it is painted. */
const POPUP_OPENED = { name: 'automation.popup', input: {} }

async function measureRound(extensionDir: string, count: number): Promise<AccountsRound> {
  const farm = await startFarm()
  const extension = await launchForBench(extensionDir)
  try {
    const page = await extension.openOptions()
    const sites = seedSites(farm, { count })
    await addTokenAccounts(extension, page, sites)
    if (count > 0) await refreshAll(extension, page)
    const base = `chrome-extension://${extension.extensionId}`
    // It shows nothing of the accounts, and can still ask the worker.
    await page.goto(`${base}/empty-page.html`)
    const content = count === 0 ? INVITATION : ROW
    const popup = await repeated(async () => {
      // What the popup before has set going must not be measured with this one.
      await answerMs(page, POPUP_OPENED)
      const automationMs = await answerMs(page, POPUP_OPENED)
      const cost = await measurePage(extension.context, `${base}/popup.html`, content)
      return { ...cost, automationMs }
    })
    const options = await repeated(() =>
      measurePage(extension.context, `${base}/options.html#/accounts`, content),
    )
    const measured = { accounts: count, popup: medians(popup), options: medians(options) }
    if (count !== 50 && count !== 300) return measured
    return { ...measured, refresh: await refreshCost(extension, sites) }
  } finally {
    await extension.close()
    await farm.close()
  }
}

async function refreshCost(
  extension: ExtensionBrowser,
  sites: readonly SeededSite[],
): Promise<RefreshCost> {
  for (const site of sites)
    site.relay.faults.set({ path: '*' }, { kind: 'latency', ms: LATENCY_MS })
  const popup = await extension.openPopup()
  const runs: RefreshCost[] = []
  for (let run = 0; run < RUNS; run += 1) runs.push(await measureRefresh(extension, popup, sites))
  return medians(runs)
}

async function measureBasics(extensionDir: string): Promise<Basics> {
  const farm = await startFarm()
  const [site] = seedSites(farm, { count: 1, hostPrefix: 'foreign' })
  if (!site) throw new Error('no site')
  const extension = await launchForBench(extensionDir)
  try {
    const base = `chrome-extension://${extension.extensionId}`
    const page = await extension.openOptions()
    await addTokenAccounts(extension, page, [site])
    const cold = await repeated(() => coldAnswerMs(extension, page))
    const empty = await repeated(() =>
      measurePage(extension.context, `${base}/empty-page.html`, '[role=listitem]'),
    )
    const sizeOf = (file: string) => statSync(path.join(extensionDir, file)).size
    return {
      emptyPageMs: medians(empty).firstRowMs,
      coldAnswerMs: median(cold),
      popupKib: await loadedKib(extension.context, `${base}/popup.html`, ROW, sizeOf),
      optionsKib: await loadedKib(extension.context, `${base}/options.html`, ROW, sizeOf),
      workerKib: workerKib(extensionDir),
      foreignContexts: await injectedContexts(extension, `${site.origin}/`),
    }
  } finally {
    await extension.close()
    await farm.close()
  }
}

/** The worker's file and everything it imports, which a cold start parses in full. */
function workerKib(extensionDir: string): number {
  const seen = new Set<string>()
  const visit = (file: string): number => {
    if (seen.has(file)) return 0
    seen.add(file)
    const code = readFileSync(file, 'utf8')
    const imports = [...code.matchAll(/(?:from|import)\s*["'](\.[^"']+|\/[^"']+)["']/g)]
    return imports.reduce(
      (sum, [, target]) => sum + visit(path.resolve(path.dirname(file), target ?? '')),
      statSync(file).size,
    )
  }
  return visit(path.join(extensionDir, 'background.js')) / 1024
}

async function measureAll(
  extensionDir: string,
  isKeysOnly: boolean,
  say: (line: string) => void,
): Promise<Measured> {
  const rounds: AccountsRound[] = []
  let basics: Basics | undefined
  if (!isKeysOnly) {
    say('measuring sizes, cold start and the empty page')
    basics = await measureBasics(extensionDir)
    for (const count of COUNTS) {
      say(`measuring ${String(count)} accounts`)
      rounds.push(await measureRound(extensionDir, count))
    }
  }
  say(`measuring ${String(KEYS)} keys over ${String(KEY_ACCOUNTS)} accounts`)
  const keys = await measureKeys(extensionDir)
  return { ...(basics ? { accounts: { basics, rounds } } : {}), keys }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  })
  if (values.only !== undefined && values.only !== 'keys') {
    throw new Error(`--only takes "keys", not "${values.only}"`)
  }
  const say = (line: string) => {
    process.stderr.write(`${line}\n`)
  }
  const extensionDir = await withEmptyPage(TEST_BUILD)
  try {
    const measured = await measureAll(extensionDir, values.only === 'keys', say)
    const text = values.json ? JSON.stringify(measured, null, 2) : reportText(measured)
    process.stdout.write(`${text}\n`)
  } finally {
    await rm(path.dirname(extensionDir), { recursive: true, force: true })
  }
}

await main()
