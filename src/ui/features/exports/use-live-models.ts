import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { ApiType } from '@/src/domain/chat-endpoints'
import type { KeySource } from '@/src/domain/credential'
import { type Failure, failureOf } from '@/src/domain/failure'

import { checkModelsQuery } from '../../queries/checks'

export interface LiveModels {
  /** What the key lists right now; `null` = not asked yet. */
  readonly models: readonly string[] | null
  readonly busy: boolean
  readonly failure: Failure | null
  /** Asks the site with the key, which it takes a click for. */
  readonly ask: () => void
}

/** The live models of one key, once somebody asks for them. */
export function useLiveModels(source: KeySource, apiType: ApiType): LiveModels {
  const [asked, setAsked] = useState<ApiType | null>(null)
  const query = useQuery({ ...checkModelsQuery(source, apiType), enabled: asked === apiType })
  return {
    models: query.data?.models ?? null,
    busy: query.isFetching,
    failure: query.error && !query.isFetching ? failureOf(query.error) : null,
    ask: () => {
      if (asked === apiType) void query.refetch()
      else setAsked(apiType)
    },
  }
}
