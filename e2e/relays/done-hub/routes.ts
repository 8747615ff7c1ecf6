import { jsonReply } from '../kit/reply'
import type { HubCore, Route } from './context'
import { keyRoutes } from './routes-key'
import { logRoutes } from './routes-log'
import { loginRoutes } from './routes-login'
import { modelRoutes } from './routes-models'
import { siteRoutes } from './routes-site'
import { tokenRoutes } from './routes-token'
import { userRoutes } from './routes-user'

const ACCOUNT_ROUTES: readonly Route[] = [
  ...siteRoutes,
  ...loginRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...logRoutes,
  ...modelRoutes,
]

/** Not in the contract: a node with account functions answers its page here. */
const healthRoute: Route = {
  method: 'GET',
  path: '/health',
  auth: 'none',
  handle: () => jsonReply({ status: 'ok' }),
}

/** The routes of one site; a relay-only node has none for accounts (`contracts/donehub.md` 2). */
export function routesOf(relay: HubCore): Route[] {
  if (relay.options.relayOnly === true) return [healthRoute, ...keyRoutes]
  return [...ACCOUNT_ROUTES, ...keyRoutes].filter((route) => route.isIn?.(relay) ?? true)
}
