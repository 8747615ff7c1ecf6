import { useCallback, useEffect, useRef } from 'react'

import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { CHECK_IN_KEY } from './check-in'
import { fetchFromWorker } from './fetcher'
import { type Change, useChange } from './use-change'

type CheckInChange = 'checkIn.run' | 'checkIn.stop' | 'checkIn.look'

/** Sends one kind of work on check-ins and reads them again, whatever came of it. */
export function useCheckInChange<Name extends CheckInChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input), CHECK_IN_KEY)
}

/** Opens check-in pages. When the user comes back from them, their sites are asked at once. */
export function useCheckInPages(): Change<InputOf<'checkIn.open'>, OutputOf<'checkIn.open'>> {
  const open = useChange(
    (input: InputOf<'checkIn.open'>) => fetchFromWorker('checkIn.open', input),
    CHECK_IN_KEY,
  )
  const { run: look } = useCheckInChange('checkIn.look')
  const visited = useRef<readonly string[]>([])
  useEffect(() => {
    function comeBack(): void {
      if (document.visibilityState !== 'visible' || visited.current.length === 0) return
      const accountIds = [...visited.current]
      visited.current = []
      void look({ accountIds })
    }
    document.addEventListener('visibilitychange', comeBack)
    return () => {
      document.removeEventListener('visibilitychange', comeBack)
    }
  }, [look])
  const { run } = open
  const visit = useCallback(
    (input: InputOf<'checkIn.open'>) => {
      visited.current = [...new Set([...visited.current, ...input.accountIds])]
      return run(input)
    },
    [run],
  )
  return { ...open, run: visit }
}
