import { useEffect, useRef } from 'react'

/** Tells the answer to the latest try from answers nobody waits for any more. */
export interface Latest {
  /** Begins a try; the function returned says whether it still is the latest one. */
  readonly start: () => () => boolean
}

/** After the component is gone no try is the latest. */
export function useLatest(): Latest {
  const latest = useRef(0)
  useEffect(() => () => void (latest.current += 1), [])
  return {
    start: () => {
      const mine = (latest.current += 1)
      return () => mine === latest.current
    },
  }
}
