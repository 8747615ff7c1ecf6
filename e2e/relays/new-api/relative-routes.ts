import type { RelayCore, Route } from './context'
import { anyRouterRoutes } from './relative-any-router'
import type { RelativeSpecial } from './relative-options'
import { vApiRoutes } from './relative-v-api'
import { wongRoutes } from './relative-wong'
import { ALL_ROUTES } from './routes'

interface Difference {
  readonly routes: readonly Route[]
  /** Routes of New API that the relative does not have. */
  readonly without: readonly string[]
}

const DIFFERENCES: Record<RelativeSpecial, Difference> = {
  'v-api': { routes: vApiRoutes, without: ['GET /api/user/self/groups'] },
  'any-router': { routes: anyRouterRoutes, without: [] },
  wong: {
    routes: wongRoutes,
    without: ['POST /api/token/:id/key', 'POST /api/token/batch/keys'],
  },
}

/** The routes of one relay: those of its generation, changed as its relative has them. */
export function routesOf(relay: RelayCore): Route[] {
  const special = relay.options.relative?.special
  const { routes, without } = special ? DIFFERENCES[special] : { routes: [], without: [] }
  const kept = ALL_ROUTES.filter(
    (route) => (route.isIn?.(relay) ?? true) && !without.includes(`${route.method} ${route.path}`),
  )
  return [...routes, ...kept]
}
