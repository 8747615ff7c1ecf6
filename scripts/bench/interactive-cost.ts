import type { BrowserContext } from '@playwright/test'

import { quietLongTasks, watchLongTasks } from './long-tasks'

interface Parts {
  readonly row: string
  readonly field: string
}

interface Watched {
  /** Resolves to the time the first letter in the field was on screen, ms after navigation. */
  answered?: Promise<number>
}

/**
 * Goes into a page before its own scripts: puts a letter into the field as soon as the first row is
 * painted. From inside, as the way of a key from here to a page takes longer than the page.
 */
function watchField({ row, field }: Parts): void {
  const scope = globalThis as unknown as Watched
  scope.answered = new Promise((resolve, reject) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(row)) return
      observer.disconnect()
      requestAnimationFrame(type)
    })
    observer.observe(document, { childList: true, subtree: true })

    function type(): void {
      const input = document.querySelector<HTMLInputElement>(field)
      if (!input) {
        reject(new Error('a row without the search field'))
        return
      }
      // As typing does it: setting it on the field itself is what React does, and takes for its own.
      Reflect.set(HTMLInputElement.prototype, 'value', 'e', input)
      input.dispatchEvent(new InputEvent('input', { bubbles: true, data: 'e' }))
      requestAnimationFrame(() => {
        requestAnimationFrame(() => {
          // A field that nothing listens to yet is set back, or its rows stay.
          if (input.value === 'e' && document.querySelector(row)) resolve(performance.now())
          else reject(new Error('the search field did not take the letter'))
        })
      })
    }
  })
}

/** Navigation until a letter in the field has had its effect on screen and no long task follows, ms. */
export async function interactiveMs(
  context: BrowserContext,
  url: string,
  parts: Parts,
): Promise<number> {
  const page = await context.newPage()
  await page.bringToFront()
  await page.addInitScript(watchLongTasks)
  await page.addInitScript(watchField, parts)
  await page.goto(url, { waitUntil: 'commit' })
  const answeredMs = await page.evaluate(() => (globalThis as unknown as Watched).answered)
  if (answeredMs === undefined) throw new Error(`nothing watched ${url}`)
  const { lastEndMs } = await quietLongTasks(page)
  await page.close()
  return Math.max(answeredMs, lastEndMs)
}
