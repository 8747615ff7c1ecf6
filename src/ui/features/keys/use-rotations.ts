import { useQuery } from '@tanstack/react-query'

import type { Rotation } from '@/src/domain/chore'

import { rotationsQuery } from '../../queries/keys'
import { isUnderWay } from './rotation-view'

/** Announcements tell of each step; asking wakes a worker that died, which then goes on. */
const POLL_MS = 2000

/** All rotations; `undefined` until they are known. */
export function useRotations(): { rotations: readonly Rotation[] | undefined; error: unknown } {
  const { data, error } = useQuery({
    ...rotationsQuery(),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? POLL_MS : false),
  })
  return { rotations: data, error }
}
