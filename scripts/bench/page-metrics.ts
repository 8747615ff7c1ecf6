import type { BrowserContext, CDPSession, Page } from '@playwright/test'

/** What one load of a page cost. Times in ms, heap in MiB. */
export interface PageCost {
  /** Navigation to the first row on screen. */
  readonly firstRowMs: number
  readonly taskMs: number
  readonly heapMib: number
  readonly elements: number
}

interface Watched {
  /** Resolves to the time of the first row on screen, ms after navigation. */
  firstRow?: Promise<number>
}

/** Notes the moment the first element matching `selector` has been painted. */
function watchFirstRow(selector: string): void {
  const scope = globalThis as unknown as Watched
  scope.firstRow = new Promise((resolve) => {
    const observer = new MutationObserver(look)
    function look(): void {
      if (!document.querySelector(selector)) return
      observer.disconnect()
      requestAnimationFrame(() => {
        resolve(performance.now())
      })
    }
    observer.observe(document, { childList: true, subtree: true })
    look()
  })
}

export async function measurePage(
  context: BrowserContext,
  url: string,
  selector: string,
): Promise<PageCost> {
  const page = await context.newPage()
  // A page in the background is not painted.
  await page.bringToFront()
  await page.addInitScript(watchFirstRow, selector)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await page.goto(url, { waitUntil: 'commit' })
  const firstRowMs = await page.evaluate(() => (globalThis as unknown as Watched).firstRow)
  if (firstRowMs === undefined) throw new Error(`nothing watched ${url}`)
  await page.waitForLoadState('load')
  await settled(page)
  const cost: PageCost = {
    firstRowMs,
    taskMs: (await metric(session, 'TaskDuration')) * 1000,
    heapMib: await heapMib(session),
    elements: await page.evaluate(() => document.querySelectorAll('*').length),
  }
  await page.close()
  return cost
}

/** Waits until the page has nothing left to do: its renderer is shared with the next one. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestIdleCallback(() => {
          requestIdleCallback(() => {
            resolve()
          })
        })
      }),
  )
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find((one) => one.name === name)?.value ?? Number.NaN
}

async function heapMib(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1024 / 1024
}

/** Total size of the JS and CSS files of the extension a page asks for, in KiB, raw. */
export async function loadedKib(
  context: BrowserContext,
  url: string,
  selector: string,
  sizeOf: (path: string) => number,
): Promise<number> {
  const page = await context.newPage()
  await page.bringToFront()
  const paths = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/\.(js|css)$/.test(pathname)) paths.add(pathname)
  })
  await page.goto(url)
  await page.waitForSelector(selector)
  await settled(page)
  await page.close()
  return [...paths].reduce((sum, path) => sum + sizeOf(path), 0) / 1024
}
