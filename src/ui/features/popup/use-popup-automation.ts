import { useQuery } from '@tanstack/react-query'

import type { Warning } from '@/src/domain/warning'

import { fetchFromWorker } from '../../queries/fetcher'

export interface PopupAutomation {
  /** The worker knows that the popup was opened. */
  readonly told: boolean
  /** What will soon need the user. */
  readonly warnings: readonly Warning[]
}

const NONE: readonly Warning[] = []

/**
 * Tells the worker once that the popup was opened, which begins what the settings say. Not before
 * the first paint: `ready` says that there is something on the screen.
 */
export function usePopupAutomation(ready: boolean): PopupAutomation {
  const { data, isFetched } = useQuery({
    queryKey: ['popup-automation'],
    queryFn: async () => {
      await idle()
      return fetchFromWorker('automation.popup', {})
    },
    enabled: ready,
  })
  return { told: isFetched, warnings: data?.warnings ?? NONE }
}

function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(resolve, { timeout: 1000 })
    else setTimeout(resolve)
  })
}
