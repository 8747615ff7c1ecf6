import type { Locator, Page } from '@playwright/test'

/** Presses Tab until the focus is on `target`, as somebody without a mouse gets there. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${String(target)} is not reached by ${String(most)} presses of Tab`)
}

interface Stop {
  readonly role: string
  readonly name: string
  /** Whether the browser draws a ring around it, or the product something of its own. */
  readonly isMarked: boolean
}

/**
 * Presses Tab from the top of the page until the focus comes round again, and gives every stop on
 * the way. Fails where the focus gets stuck.
 */
export async function walk(page: Page, most = 150): Promise<Stop[]> {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('[data-walked]')) {
      one.removeAttribute('data-walked')
    }
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  const stops: Stop[] = []
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate((at) => {
      const element = document.activeElement
      const known = element?.getAttribute('data-walked')
      if (!element || element === document.body) return null
      // A field for a time of day has several stops of its own.
      if (typeof known === 'string') return known === String(at - 1) ? 'same' : null
      element.setAttribute('data-walked', String(at))
      const isMarked = [undefined, '::after'].some((part) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, part)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      })
      return { isMarked }
    }, stops.length)
    if (stop === null) return stops
    if (stop === 'same') continue
    const focused = page.locator(':focus')
    const snapshot = await focused.ariaSnapshot()
    const [, role = '', name = ''] = /^- (\w+)(?: "((?:[^"\\]|\\.)*)")?/.exec(snapshot) ?? []
    stops.push({ role, name: name || snapshot, isMarked: stop.isMarked })
  }
  throw new Error(`Tab does not come round within ${String(most)} presses`)
}
