import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'
import { only } from '../new-api/detect'
import { recogniseRelative } from './recognise'
import { withStoredUser } from './stored-user'
import { type Relative, RELATIVES, type RelativeType } from './table'

/** New API as a row of the table changes it (`contracts/other-sites.md 7`). */
function adapterOf(type: RelativeType, relative: Relative): SiteAdapter {
  const { pageStorageKeys } = newApiAdapter
  // Nobody saw a relative with New API's newest front end.
  const { routesByTheme: _, ...description } = newApiAdapter.description
  const { label, routes, authModes = description.authModes, lacks = [], storedUser } = relative
  return {
    ...newApiAdapter,
    description: {
      ...description,
      type,
      label,
      authModes: [...authModes],
      capabilities: description.capabilities.filter((one) => !lacks.includes(one)),
      routes,
    },
    pageStorageKeys: storedUser ? [storedUser.key, ...pageStorageKeys] : pageStorageKeys,
    detect: (ctx) => only(type, recogniseRelative(ctx)),
    readSession: (ctx, page) => newApiAdapter.readSession(ctx, withStoredUser(relative, page)),
  }
}

/** The relatives of New API that differ from it by header, title, pages and little else. */
export const relativeAdapters = Object.fromEntries(
  Object.entries(RELATIVES).map(([type, relative]) => [
    type,
    adapterOf(type as RelativeType, relative),
  ]),
) as Record<RelativeType, SiteAdapter>
