import type { PageStorage } from '../adapter'
import { storedUserId } from '../new-api/session'
import type { Relative } from './table'

/**
 * A page's storage as New API's pages have it: a user found in the relative's own place counts
 * before `user` (`contracts/new-api.md 3.4`), a malformed one not at all.
 */
export function withStoredUser({ storedUser }: Relative, page: PageStorage): PageStorage {
  if (!storedUser) return page
  const user = JSON.stringify(partOf(page.values[storedUser.key], storedUser.path))
  const values = { ...page.values, user }
  return storedUserId({ values: { user } }) === null ? page : { values }
}

/** The part of a JSON text at `path`; `null` when it is not there. */
function partOf(text: string | null | undefined, path: readonly string[]): unknown {
  try {
    return path.reduce<unknown>(fieldOf, JSON.parse(text ?? 'null')) ?? null
  } catch {
    return null
  }
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
