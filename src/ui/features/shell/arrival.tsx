import { useEffect, useEffectEvent } from 'react'

/**
 * Tells that a page is on the screen. Rendered beside the page inside its suspense boundary, so
 * that it speaks only when the page is really there; keyed by the page.
 */
export function Arrival({ onArrival }: { onArrival: () => void }) {
  const arrive = useEffectEvent(onArrival)
  useEffect(() => {
    arrive()
  }, [])
  return null
}
