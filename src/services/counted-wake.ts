/** Keeps the worker alive from the first `hold` to the last `release`. */
export interface Wake {
  hold(): Promise<void>
  release(): Promise<void>
}

/** One lock for several pieces of work: it is let go when the last of them lets go. */
export function countedWake(wake: Wake): Wake {
  let holders = 0
  return {
    async hold() {
      holders += 1
      if (holders === 1) await wake.hold()
    },
    async release() {
      holders -= 1
      if (holders === 0) await wake.release()
    },
  }
}
