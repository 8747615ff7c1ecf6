type Held = () => Promise<unknown>

/** Web Locks as one page has them, exclusive and first come, first served. */
export function createLocks() {
  const tails = new Map<string, Promise<unknown>>()
  const asked: string[] = []

  function queue(name: string, work: Held): Promise<unknown> {
    const before = tails.get(name) ?? Promise.resolve()
    const done = before.then(work)
    tails.set(
      name,
      done.catch(() => undefined),
    )
    return done
  }

  return {
    /** Names in the order they were asked for by `request`. */
    asked,
    request(name: string, { signal }: { signal: AbortSignal }, work: Held): Promise<unknown> {
      asked.push(name)
      return new Promise((resolve, reject) => {
        const leave = () => reject(signal.reason as Error)
        signal.addEventListener('abort', leave)
        queue(name, async () => {
          if (signal.aborted) return
          signal.removeEventListener('abort', leave)
          resolve(await work())
        }).catch(reject)
      })
    },
    /** Holds a lock as another page would, until it is released. */
    hold(name: string): { release: () => void } {
      let release = () => {}
      const held = new Promise<void>((resolve) => (release = resolve))
      void queue(name, () => held)
      return { release }
    },
  }
}
