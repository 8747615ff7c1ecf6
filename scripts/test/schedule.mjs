/** A check that takes one core runs beside another; what times things has the machine to itself. */
const CORES = 2

/**
 * Runs the steps in their order, as many at once as there are cores for.
 *
 * @template {{ name: string; needs: readonly string[]; cores?: number }} S
 * @param {readonly S[]} steps every need of a step stands before it, or is not asked for
 * @param {(step: S, brokenNeed: string | undefined) => Promise<boolean>} run resolves with whether it
 *   went well; `brokenNeed` is the name of a step without which this one cannot run
 */
export async function schedule(steps, run) {
  const waiting = [...steps]
  /** @type {Map<S, Promise<void>>} */
  const running = new Map()
  const broken = new Set()

  function start(step) {
    const ended = run(
      step,
      step.needs.find((name) => broken.has(name)),
    ).then((ok) => {
      if (!ok) broken.add(step.name)
      running.delete(step)
    })
    running.set(step, ended)
  }

  while (waiting.length > 0 || running.size > 0) {
    const next = nextOf(waiting, [...running.keys()])
    if (next) {
      waiting.splice(waiting.indexOf(next), 1)
      start(next)
    } else {
      await Promise.race(running.values())
    }
  }
}

/** The first that can start now; nothing overtakes a step that waits for cores alone. */
function nextOf(waiting, running) {
  const free = CORES - running.reduce((sum, { cores = CORES }) => sum + cores, 0)
  const pending = new Set([...waiting, ...running].map(({ name }) => name))
  const ready = waiting.find(({ needs }) => !needs.some((name) => pending.has(name)))
  return ready && (ready.cores ?? CORES) <= free ? ready : undefined
}
