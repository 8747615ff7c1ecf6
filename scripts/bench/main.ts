import { readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'

import { startFarm } from '@/e2e/relays/farm'
import { addTokenAccounts, refreshAll, type SeededSite, seedSites } from '@/e2e/support/accounts'
import { type ExtensionBrowser, launchExtension, TEST_BUILD } from '@/e2e/support/browser'
import { REFRESH_CONCURRENCY } from '@/src/services/refresh-run'

import { tableLines } from '../table'
import { withEmptyPage } from './empty-page'
import { loadedKib, measurePage, type PageCost } from './page-metrics'
import { measureRefresh, type RefreshCost } from './refresh-cost'
import { median, medians } from './statistics'
import { coldAnswerMs, injectedContexts } from './worker-cost'

const RUNS = 7
const COUNTS = [0, 50, 300, 1000] as const
const LATENCY_MS = 50
/** Requests one account needs in a steady refresh, sent side by side. */
const REQUESTS_PER_ACCOUNT = 2

/** The product to beat: medians of its own build, same number of accounts. */
const REFERENCE = {
  popupFirstRowMs: { 50: 1180, 300: 5496, 1000: 67_000 },
  accountsFirstRowMs: { 50: 1428, 300: 6017, 1000: 69_500 },
  refreshMs: { 50: 3200, 300: 57_000 },
  popupKib: 5816,
  optionsKib: 6351,
  workerKib: 5125,
  coldAnswerMs: 305,
} as const

/** An account row. */
const ROW = '[data-index]'
/** What stands there instead while there is no account. */
const INVITATION = 'main h2'

interface Round {
  readonly accounts: number
  readonly popup: PageCost
  readonly options: PageCost
  readonly refresh?: RefreshCost
}

/** Functions handed to a page are compiled here and call a helper that pages do not have. */
const NAME_HELPER = 'globalThis.__name ??= (named) => named'

async function launchForBench(extensionDir: string): Promise<ExtensionBrowser> {
  const extension = await launchExtension({ extensionDir })
  await extension.context.addInitScript({ content: NAME_HELPER })
  return extension
}

async function measureRound(extensionDir: string, count: number): Promise<Round> {
  const farm = await startFarm()
  const extension = await launchForBench(extensionDir)
  try {
    const page = await extension.openOptions()
    const sites = seedSites(farm, { count })
    await addTokenAccounts(extension, page, sites)
    if (count > 0) await refreshAll(extension, page)
    await page.goto('about:blank')
    const base = `chrome-extension://${extension.extensionId}`
    const content = count === 0 ? INVITATION : ROW
    const popup = await repeated(() =>
      measurePage(extension.context, `${base}/popup.html`, content),
    )
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

/** One unmeasured round to warm caches, then the measured ones. */
async function repeated<T>(measure: () => Promise<T>): Promise<T[]> {
  await measure()
  const values: T[] = []
  for (let run = 0; run < RUNS; run += 1) values.push(await measure())
  return values
}

async function measureBasics(extensionDir: string) {
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

async function main(): Promise<void> {
  const json = process.argv.includes('--json')
  const say = (line: string) => {
    process.stderr.write(`${line}\n`)
  }
  const extensionDir = await withEmptyPage(TEST_BUILD)
  try {
    say('measuring sizes, cold start and the empty page')
    const basics = await measureBasics(extensionDir)
    const rounds: Round[] = []
    for (const count of COUNTS) {
      say(`measuring ${String(count)} accounts`)
      rounds.push(await measureRound(extensionDir, count))
    }
    if (json) process.stdout.write(`${JSON.stringify({ basics, rounds }, null, 2)}\n`)
    else report(basics, rounds)
  } finally {
    await rm(path.dirname(extensionDir), { recursive: true, force: true })
  }
}

function report(basics: Awaited<ReturnType<typeof measureBasics>>, rounds: readonly Round[]): void {
  const rows: string[][] = []
  const add = (what: string, ours: number, reference: number | undefined, unit: string) => {
    const ratio = reference === undefined ? '' : (ours / reference).toFixed(4)
    rows.push([
      what,
      ours.toFixed(1),
      unit,
      reference === undefined ? '' : String(reference),
      ratio,
    ])
  }
  for (const { accounts, popup, options, refresh } of rounds) {
    const known = accounts as 50 | 300 | 1000
    add(
      `popup, ${String(accounts)} accounts: first row`,
      popup.firstRowMs,
      REFERENCE.popupFirstRowMs[known],
      'ms',
    )
    add(
      `popup, ${String(accounts)} accounts: x empty page`,
      popup.firstRowMs / basics.emptyPageMs,
      undefined,
      '',
    )
    add(`popup, ${String(accounts)} accounts: task time`, popup.taskMs, undefined, 'ms')
    add(`popup, ${String(accounts)} accounts: heap`, popup.heapMib, undefined, 'MiB')
    add(`popup, ${String(accounts)} accounts: elements`, popup.elements, undefined, '')
    add(
      `accounts page, ${String(accounts)}: first row`,
      options.firstRowMs,
      REFERENCE.accountsFirstRowMs[known],
      'ms',
    )
    add(`accounts page, ${String(accounts)}: heap`, options.heapMib, undefined, 'MiB')
    add(`accounts page, ${String(accounts)}: elements`, options.elements, undefined, '')
    if (!refresh) continue
    const limit =
      (accounts * REQUESTS_PER_ACCOUNT * LATENCY_MS) / (REFRESH_CONCURRENCY * REQUESTS_PER_ACCOUNT)
    add(
      `refresh of ${String(accounts)}`,
      refresh.wallMs,
      REFERENCE.refreshMs[known as 50 | 300],
      'ms',
    )
    add(
      `refresh of ${String(accounts)}: x limit of ${String(limit)} ms`,
      refresh.wallMs / limit,
      undefined,
      '',
    )
    add(`refresh of ${String(accounts)}: requests`, refresh.requests, undefined, '')
    add(`refresh of ${String(accounts)}: longest frame gap`, refresh.longestGapMs, undefined, 'ms')
  }
  add('empty React page: first row', basics.emptyPageMs, undefined, 'ms')
  add('worker: cold message to answer', basics.coldAnswerMs, REFERENCE.coldAnswerMs, 'ms')
  add('popup: JS + CSS', basics.popupKib, REFERENCE.popupKib, 'KiB')
  add('accounts page: JS + CSS', basics.optionsKib, REFERENCE.optionsKib, 'KiB')
  add('worker: scripts', basics.workerKib, REFERENCE.workerKib, 'KiB')
  add('extension contexts in a foreign page', basics.foreignContexts, undefined, '')
  const lines = tableLines(['what', 'median', 'unit', 'reference', 'ratio'], rows, [1, 3, 4])
  process.stdout.write(`${lines.join('\n')}\n`)
}

await main()
