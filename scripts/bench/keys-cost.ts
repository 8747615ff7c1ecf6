import { statSync } from 'node:fs'
import path from 'node:path'

import type { BrowserContext, Page } from '@playwright/test'

import { startFarm } from '@/e2e/relays/farm'
import type { ExtensionBrowser } from '@/e2e/support/browser'

import { launchForBench } from './bench-browser'
import { seedKeys } from './keys-seed'
import { interactiveMs } from './interactive-cost'
import { quietLongTasks, watchLongTasks } from './long-tasks'
import { loadedKib, measurePage, type PageCost } from './page-metrics'
import { median, medians, repeated } from './statistics'
import { typeAndTakeBack, watchTyping } from './typing-cost'
import { answerMs, coldAnswerMs } from './worker-cost'

/** An account's or a key's row. */
const ROW = '[role=table] [data-index]'
const SEARCH = 'main input[type=search]'
/** Narrows 2,000 keys to 400 and then to one. */
const TYPED = 'notebook 0722'

/** What 2,000 keys over 100 accounts cost. Times in ms. */
export interface KeysCost {
  /** First row of the least that React renders, at the same time. */
  readonly emptyPageMs: number
  readonly page: PageCost
  /** Navigation to the effect of a first letter in the search field, with no long task after it. */
  readonly interactiveMs: number
  /** The same with a worker that was just stopped. */
  readonly coldInteractiveMs: number
  /** Press of a key in the search field to its result on screen. */
  readonly keystrokeMs: KeystrokeCost
  /** Longest task of the page while typing; 0 = none of 50 ms. */
  readonly longestTaskMs: number
  /** Of the message `keys.lists`, from the page and back. */
  readonly listsMs: number
  readonly coldListsMs: number
  readonly listsKib: number
  readonly pageKib: number
  readonly lateKib: number
  readonly automationKib: number
}

interface KeystrokeCost {
  readonly median: number
  /** The slowest key of the text, by the median of its presses. */
  readonly slowestKey: number
  /** The slowest press, whatever else the machine was doing then. */
  readonly worst: number
  readonly presses: number
}

export async function measureKeys(extensionDir: string): Promise<KeysCost> {
  const farm = await startFarm()
  const extension = await launchForBench(extensionDir)
  try {
    const base = `chrome-extension://${extension.extensionId}`
    const url = `${base}/options.html#/keys`
    const { context } = extension
    const blank = await extension.openOptions()
    await seedKeys(extension, farm, blank)
    const lists = { name: 'keys.lists', input: {} }
    const empty = await repeated(() =>
      measurePage(context, `${base}/empty-page.html`, '[role=listitem]'),
    )
    const page = medians(await repeated(() => measurePage(context, url, ROW)))
    const parts = { row: ROW, field: SEARCH }
    const warm = await repeated(() => interactiveMs(context, url, parts))
    const cold = await repeated(async () => {
      await extension.stopWorker()
      return interactiveMs(context, url, parts)
    })
    const sizeOf = (file: string) => statSync(path.join(extensionDir, file)).size
    return {
      emptyPageMs: medians(empty).firstRowMs,
      page,
      interactiveMs: median(warm),
      coldInteractiveMs: median(cold),
      ...(await typing(context, url)),
      coldListsMs: median(await repeated(() => coldAnswerMs(extension, blank, lists))),
      listsMs: median(await repeated(() => answerMs(blank, lists))),
      listsKib: await listsKib(extension, blank),
      pageKib: await loadedKib(context, url, ROW, sizeOf),
      lateKib: sizeOf('late.js') / 1024,
      automationKib: sizeOf('automation.js') / 1024,
    }
  } finally {
    await extension.close()
    await farm.close()
  }
}

async function typing(
  context: BrowserContext,
  url: string,
): Promise<Pick<KeysCost, 'keystrokeMs' | 'longestTaskMs'>> {
  const page = await context.newPage()
  await page.bringToFront()
  await page.addInitScript(watchLongTasks)
  await page.addInitScript(watchTyping)
  await page.goto(url)
  await page.waitForSelector(ROW)
  await page.focus(SEARCH)
  await quietLongTasks(page)
  const rounds = await repeated(() => typeAndTakeBack(page, TYPED))
  const { longestMs } = await quietLongTasks(page)
  await page.close()
  const times = rounds.flat()
  const perKey = (rounds[0] ?? []).map((_, at) => median(rounds.map((round) => round[at] ?? 0)))
  return {
    keystrokeMs: {
      median: median(times),
      slowestKey: Math.max(...perKey),
      worst: Math.max(...times),
      presses: times.length,
    },
    longestTaskMs: longestMs,
  }
}

async function listsKib(extension: ExtensionBrowser, page: Page): Promise<number> {
  return JSON.stringify(await extension.send(page, 'keys.lists', {})).length / 1024
}
