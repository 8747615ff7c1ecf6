import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'

import { draftOf } from '../view/export-drafts'
import { glanceQuery } from './accounts'
import { credentialsQuery } from './credentials'
import { keyListsQuery } from './keys'
import { sitesQuery } from './sites'

export interface Drafts {
  /** Of the known sources, in their order; a stand-in takes the place of the key. */
  readonly drafts: readonly ExportRecord[]
  /** What is known may still grow. */
  readonly loading: boolean
}

/** What is known of these sources without asking anybody for a key. */
export function useDrafts(sources: readonly KeySource[]): Drafts {
  const hasKeys = sources.some(({ kind }) => kind === 'key')
  const hasCredentials = sources.some(({ kind }) => kind === 'credential')
  const accounts = useQuery({ ...glanceQuery(), enabled: hasKeys })
  const sites = useQuery({ ...sitesQuery(), enabled: hasKeys })
  const lists = useQuery({ ...keyListsQuery(), enabled: hasKeys })
  const credentials = useQuery({ ...credentialsQuery(), enabled: hasCredentials })
  const drafts = useMemo(() => {
    const known = {
      accounts: accounts.data?.rows ?? [],
      sites: sites.data ?? [],
      lists: lists.data?.lists ?? [],
      credentials: credentials.data ?? [],
    }
    return sources.flatMap((source) => draftOf(source, known) ?? [])
  }, [sources, accounts.data, sites.data, lists.data, credentials.data])
  const loading = [accounts, sites, lists, credentials].some(({ isLoading }) => isLoading)
  return { drafts, loading }
}

/** Whether the key of this source is in the vault, so that using it asks its site for nothing more. */
export function useIsAtHand(source: KeySource): boolean {
  const isKey = source.kind === 'key'
  const { data } = useQuery({ ...keyListsQuery(), enabled: isKey })
  if (!isKey) return true
  const list = data?.lists.find(({ accountId }) => accountId === source.accountId)
  return list?.rows.find(({ id }) => id === source.keyId)?.secret === 'known'
}
