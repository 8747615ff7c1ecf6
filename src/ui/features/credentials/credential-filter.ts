import type { ApiType } from '@/src/domain/api-types'

import { hostOf } from '../../view/glance-view'
import { matching } from '../../view/matching'
import { type CredentialEntry, type CredentialHealth, healthOf } from './credential-entries'

/** What the list is narrowed to; `null` and no tag narrow nothing. */
export interface CredentialFilters {
  readonly apiType: ApiType | null
  readonly health: CredentialHealth | null
  /** Credentials with any of these. */
  readonly tagIds: readonly string[]
}

export const NO_FILTERS: CredentialFilters = { apiType: null, health: null, tagIds: [] }

export const HEALTH_FILTERS = ['good', 'attention', 'unknown'] as const

/** Search over name, base address, tags and notes. */
export function searchCredentials(
  entries: readonly CredentialEntry[],
  query: string,
): readonly CredentialEntry[] {
  return matching(entries, query, ({ view: { decided }, tags }) =>
    [decided.name, hostOf(decided.baseUrl), decided.notes, ...tags.map(({ name }) => name)].join(
      '\n',
    ),
  )
}

export function filterCredentials(
  entries: readonly CredentialEntry[],
  { apiType, health, tagIds }: CredentialFilters,
): readonly CredentialEntry[] {
  return entries.filter(({ view: { decided, state } }) => {
    if (apiType !== null && decided.apiType !== apiType) return false
    if (health !== null && healthOf(state) !== health) return false
    return tagIds.length === 0 || decided.tagIds.some((id) => tagIds.includes(id))
  })
}

/** How many credentials each state of health would show. */
export function countByHealth(
  entries: readonly CredentialEntry[],
): { health: (typeof HEALTH_FILTERS)[number]; count: number }[] {
  return HEALTH_FILTERS.map((health) => ({
    health,
    count: entries.filter(({ view }) => healthOf(view.state) === health).length,
  }))
}

export function isNarrowing({ apiType, health, tagIds }: CredentialFilters): boolean {
  return apiType !== null || health !== null || tagIds.length > 0
}
