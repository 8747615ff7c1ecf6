import { statSync } from 'node:fs'
import path from 'node:path'

import type { BrowserContext, Page } from '@playwright/test'

import { startFarm } from '@/e2e/relays/farm'
import type { ExtensionBrowser } from '@/e2e/support/browser'

import { launchForBench } from './bench-browser'
import { seedKeys } from './keys-seed'
import { quietLongTasks, watchLongTasks } from './long-tasks'
import { loadedKib, measurePage, type PageCost } from './page-metrics'
import { median, medians, repeated } from './statistics'
import { press, typeAndTakeBack, watchTyping } from './typing-cost'
import { answerMs, coldAnswerMs } from './worker-cost'

/** An account's or a key's row. */
const ROW = '[role=table] [data-index]'
const SEARCH = 'main input[type=search]'
/** Narrows 2,000 keys to 400 and then to one. */
const TYPED = 'notebook 0722'

/** What 2,000 keys over 100 accounts cost. Times in ms. */
export interface KeysCost {
  readonly page: PageCost
  /** Navigation to the first letter in the search field on screen, with no long task after it. */
  readonly interactiveMs: number
  /** The same with a worker that was just stopped. */
  readonly coldInteractiveMs: number
  /** Press of a key in the search field to its result on screen. */
  readonly keystrokeMs: { readonly median: number; readonly worst: number; readonly count: number }
  /** Longest task of the page while typing; 0 = none of 50 ms. */
  readonly longestTaskMs: number
  /** Of the message `keys.lists`, from the page and back. */
  readonly listsMs: number
  readonly coldListsMs: number
  readonly listsKib: number
  readonly pageKib: number
  readonly lateKib: number
}

export async function measureKeys(extensionDir: string): Promise<KeysCost> {
  const farm = await startFarm()
  const extension = await launchForBench(extensionDir)
  try {
    const url = `chrome-extension://${extension.extensionId}/options.html#/keys`
    const { context } = extension
    const blank = await extension.openOptions()
    await seedKeys(extension, farm, blank)
    const lists = { name: 'keys.lists', input: {} }
    const page = medians(await repeated(() => measurePage(context, url, ROW)))
    const warm = await repeated(() => interactiveMs(context, url))
    const cold = await repeated(async () => {
      await extension.stopWorker()
      return interactiveMs(context, url)
    })
    const sizeOf = (file: string) => statSync(path.join(extensionDir, file)).size
    return {
      page,
      interactiveMs: median(warm),
      coldInteractiveMs: median(cold),
      ...(await typing(context, url)),
      coldListsMs: median(await repeated(() => coldAnswerMs(extension, blank, lists))),
      listsMs: median(await repeated(() => answerMs(blank, lists))),
      listsKib: await listsKib(extension, blank),
      pageKib: await loadedKib(context, url, ROW, sizeOf),
      lateKib: sizeOf('late.js') / 1024,
    }
  } finally {
    await extension.close()
    await farm.close()
  }
}

async function openWatched(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.bringToFront()
  await page.addInitScript(watchLongTasks)
  await page.addInitScript(watchTyping)
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForSelector(ROW)
  await page.focus(SEARCH)
  return page
}

/** The way of the letter from here to the page counts too: the page is a little faster than this. */
async function interactiveMs(context: BrowserContext, url: string): Promise<number> {
  const page = await openWatched(context, url)
  const { atMs } = await press(page, 'e')
  const { lastEndMs } = await quietLongTasks(page)
  await page.close()
  return Math.max(atMs, lastEndMs)
}

async function typing(
  context: BrowserContext,
  url: string,
): Promise<Pick<KeysCost, 'keystrokeMs' | 'longestTaskMs'>> {
  const page = await openWatched(context, url)
  await quietLongTasks(page)
  const times = (await repeated(() => typeAndTakeBack(page, TYPED))).flat()
  const { longestMs } = await quietLongTasks(page)
  await page.close()
  const worst = Math.max(...times)
  return {
    keystrokeMs: { median: median(times), worst, count: times.length },
    longestTaskMs: longestMs,
  }
}

async function listsKib(extension: ExtensionBrowser, page: Page): Promise<number> {
  return JSON.stringify(await extension.send(page, 'keys.lists', {})).length / 1024
}
