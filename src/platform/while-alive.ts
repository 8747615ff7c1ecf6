/** What Chromium answers every call of a worker whose process it has ended already. */
const GONE = 'No SW'
/** A worker whose process is gone does not live that long, ms. */
const AFTER_MS = 1_000

/**
 * A call of the browser that draws no conclusion from the end of its worker. A worker that is being
 * ended still runs for a moment, and can still write: taken for a failure, the refusal of its last
 * calls would be stored as what became of the work. Such a call was not carried out, so it is made
 * again after a while, which only a worker that goes on lives to see.
 */
export async function whileAlive<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof Error) || error.message !== GONE) throw error
      await new Promise((resolve) => setTimeout(resolve, AFTER_MS))
    }
  }
}
