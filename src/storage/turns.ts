/** Runs pieces of work strictly one after another, in the order they were handed in. */
export interface Turns {
  /** Resolves or rejects with `work`; a failure does not stop those that wait. Not reentrant. */
  take<T>(work: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(work) {
      const turn = last.then(work)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}
