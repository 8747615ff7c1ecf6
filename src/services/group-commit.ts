/** One piece of work waiting for the next round, with the way to answer whoever handed it in. */
interface Waiting<In, Out> {
  readonly item: In
  readonly resolve: (value: Out) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Collects work that arrives while a round is running and runs it together in the next one: a
 * transaction costs the same for one record as for twenty.
 *
 * @param runRound handles all items of a round, in order, or rejects having done nothing. A round
 *   of several that rejects is run again one by one, so that one bad item fails alone.
 */
export function createGroupCommit<In, Out>(
  runRound: (items: readonly In[]) => Promise<readonly Out[]>,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = []
  let running = false

  async function runAll(round: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const values = await runRound(round.map(({ item }) => item))
      round.forEach(({ resolve }, at) => {
        resolve(values[at] as Out)
      })
    } catch (thrown) {
      const [only, ...others] = round
      if (others.length === 0) only?.reject(thrown)
      else for (const one of round) await runAll([one])
    }
  }

  async function drain(): Promise<void> {
    running = true
    while (waiting.length > 0) await runAll(waiting.splice(0))
    running = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void drain()
    })
}
