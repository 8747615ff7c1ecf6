// Test files share their modules, as loading them anew for each file takes longer than most tests.
// So whatever a test changed about what all of them share is put back here.
import { afterAll, afterEach, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'

type Shelf = Record<string, unknown>

/** The parts of the stand-in browser as they come, by their names. */
const untouched = new Map(
  Object.entries(fakeBrowser as unknown as Shelf).map(([name, part]) => [name, copyOf(part)]),
)

afterEach(async () => {
  if (typeof document === 'undefined') return
  const { cleanup } = await import('@testing-library/react')
  // Timers of what is still on the screen would outlive the document.
  cleanup()
})

afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  for (const [name, part] of Object.entries(fakeBrowser as unknown as Shelf)) putBack(name, part)
  fakeBrowser.reset()
})

/** Tests put functions and whole events of their own into a part. */
function putBack(name: string, part: unknown): void {
  const copy = untouched.get(name)
  if (!isShelf(part) || !isShelf(copy)) return
  for (const [key, value] of Object.entries(copy)) {
    const event = part[key]
    if (isShelf(value) && isShelf(event)) Object.assign(event, value)
    else part[key] = value
  }
}

/** Two levels: `runtime.getURL`, `runtime.onMessage.addListener`. */
function copyOf(part: unknown): unknown {
  if (!isShelf(part)) return part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, isShelf(value) ? { ...value } : value]),
  )
}

function isShelf(value: unknown): value is Shelf {
  return typeof value === 'object' && value !== null
}
