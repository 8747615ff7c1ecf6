import type { Route } from './context'
import { announcementRoutes } from './routes-announcement'
import { gatewayRoutes } from './routes-gateway'
import { groupRoutes } from './routes-group'
import { keyRoutes } from './routes-key'
import { loginRoutes } from './routes-login'
import { redeemRoutes } from './routes-redeem'
import { sessionRoutes } from './routes-session'
import { siteRoutes } from './routes-site'
import { subscriptionRoutes } from './routes-subscription'
import { usageRoutes } from './routes-usage'
import { userRoutes } from './routes-user'

/** Every route of both generations; each one says where it exists. */
export const ALL_ROUTES: readonly Route[] = [
  ...siteRoutes,
  ...loginRoutes,
  ...sessionRoutes,
  ...userRoutes,
  ...keyRoutes,
  ...groupRoutes,
  ...usageRoutes,
  ...redeemRoutes,
  ...subscriptionRoutes,
  ...announcementRoutes,
  ...gatewayRoutes,
]
