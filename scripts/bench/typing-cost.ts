import type { Page } from '@playwright/test'

interface Watched {
  /** Of each key so far, oldest first: ms from its press to its result on screen. */
  typed?: number[]
}

/** Goes into a page before its own scripts: notes when a key was pressed and what it did was shown. */
export function watchTyping(): void {
  const typed: number[] = []
  ;(globalThis as unknown as Watched).typed = typed
  let pressedMs = 0
  const options = { capture: true, passive: true }
  // The time the browser got the key at: a page that is busy is told of it later.
  addEventListener('keydown', ({ timeStamp }) => (pressedMs = timeStamp), options)
  addEventListener(
    'input',
    () => {
      const pressed = pressedMs
      // The first frame has the result; the second begins when it is on screen.
      requestAnimationFrame(() => {
        requestAnimationFrame(() => {
          typed.push(performance.now() - pressed)
        })
      })
    },
    options,
  )
}

/** Presses one key in the field that has the focus; ms until its result was on screen. */
async function press(page: Page, key: string): Promise<number> {
  const before = await page.evaluate(() => (globalThis as unknown as Watched).typed?.length ?? 0)
  await page.keyboard.press(key)
  return page.evaluate(async (count) => {
    const { typed = [] } = globalThis as unknown as Watched
    for (;;) {
      const tookMs = typed[count]
      if (tookMs !== undefined) return tookMs
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }, before)
}

/** Types a text and takes it back, key by key; ms of each. */
export async function typeAndTakeBack(page: Page, text: string): Promise<number[]> {
  const keys = [...Array.from(text, nameOf), ...Array.from(text, () => 'Backspace')]
  const times: number[] = []
  for (const key of keys) times.push(await press(page, key))
  return times
}

function nameOf(letter: string): string {
  return letter === ' ' ? 'Space' : letter
}
