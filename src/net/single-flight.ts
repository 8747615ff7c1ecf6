/**
 * Lets identical work that runs at the same time run once. A caller that aborts leaves alone; the
 * work itself is aborted when the last caller has left.
 */
interface SingleFlight<T> {
  run(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T>
}

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  callers: number
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>()

  function start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const result = work(controller.signal).finally(() => {
      if (flights.get(key) === flight) flights.delete(key)
    })
    // Everybody may have left by then; each caller sees the rejection through its own promise.
    result.catch(() => undefined)
    const flight: Flight<T> = { result, controller, callers: 0 }
    flights.set(key, flight)
    return flight
  }

  return {
    run(key, work, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      const flight = flights.get(key) ?? start(key, work)
      flight.callers += 1
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          flight.callers -= 1
          if (flight.callers === 0) {
            flights.delete(key)
            flight.controller.abort(signal?.reason)
          }
          reject(signal?.reason as Error)
        }
        signal?.addEventListener('abort', leave, { once: true })
        flight.result
          .then(resolve, reject)
          .finally(() => signal?.removeEventListener('abort', leave))
      })
    },
  }
}
