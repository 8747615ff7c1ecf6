import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { type Failure, failureOf } from '@/src/domain/failure'
import type { CredentialView } from '@/src/domain/credential'
import type { OutputOf } from '@/src/messaging/protocol'

import { glanceQuery } from '../../queries/accounts'
import { credentialsQuery } from '../../queries/credentials'
import { keyListsQuery } from '../../queries/keys'
import { sitesQuery } from '../../queries/sites'
import { entryId, type KeySection, sectionsOf } from './key-entries'

/** Announcements tell of each account; asking is for when they fall silent. */
const POLL_MS = 1000

export interface Keys {
  /** Accounts that can have keys; `null` until they are known. */
  readonly sections: readonly KeySection[] | null
  /** Accounts there are, those without key functions included. */
  readonly accounts: number
  readonly loading: OutputOf<'keys.lists'>['loading']
  /** Why nothing can be shown. */
  readonly failure: Failure | null
  readonly retry: () => void
}

/** The keys of all accounts as far as they are known. */
export function useKeys(): Keys {
  const lists = useQuery({
    ...keyListsQuery(),
    refetchInterval: ({ state }) => (state.data?.loading ? POLL_MS : false),
  })
  const glance = useQuery(glanceQuery())
  const { data: sites } = useQuery(sitesQuery())
  const { data: credentials } = useQuery(credentialsQuery())
  const savedTags = useMemo(() => savedTagsOf(credentials ?? []), [credentials])
  const sections = useMemo(
    () =>
      lists.data && glance.data
        ? sectionsOf({
            lists: lists.data.lists,
            accounts: glance.data.rows,
            sites: sites ?? [],
            savedTags,
          })
        : null,
    [lists.data, glance.data, sites, savedTags],
  )
  const error = lists.error ?? glance.error
  return {
    sections,
    accounts: glance.data?.rows.length ?? 0,
    loading: lists.data?.loading ?? null,
    failure: error && sections === null ? failureOf(error) : null,
    retry: () => {
      void lists.refetch()
      void glance.refetch()
    },
  }
}

function savedTagsOf(credentials: readonly CredentialView[]): Map<string, readonly string[]> {
  const tags = new Map<string, readonly string[]>()
  for (const { decided } of credentials) {
    if (!decided.link || decided.tagIds.length === 0) continue
    const id = entryId(decided.link)
    tags.set(id, [...(tags.get(id) ?? []), ...decided.tagIds])
  }
  return tags
}
