/** Calls `tell` at once, but never more often than every `everyMs`; the last call is never lost. */
export function createSpaced(tell: () => void, everyMs = 200): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDue = false
  const tick = () => {
    timer = undefined
    if (isDue) call()
  }
  const call = () => {
    isDue = false
    timer = setTimeout(tick, everyMs)
    tell()
  }
  return () => {
    isDue = true
    if (timer === undefined) call()
  }
}
