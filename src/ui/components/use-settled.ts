import { startTransition, useEffect, useState } from 'react'

/**
 * `false` for the first paint, `true` once the page has had time for it: what nobody can use in
 * the first instant waits for this.
 */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const wait = requestAnimationFrame(() => {
      // After the frame, not in it.
      setTimeout(() => {
        startTransition(() => {
          setSettled(true)
        })
      })
    })
    return () => {
      cancelAnimationFrame(wait)
    }
  }, [])
  return settled
}
