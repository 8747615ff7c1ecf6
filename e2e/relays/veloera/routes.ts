import type { Route } from './context'
import { checkinRoutes } from './routes-checkin'
import { keyRoutes } from './routes-key'
import { logRoutes } from './routes-log'
import { loginRoutes } from './routes-login'
import { messageRoutes } from './routes-messages'
import { redeemRoutes } from './routes-redeem'
import { siteRoutes } from './routes-site'
import { tokenRoutes } from './routes-token'
import { userRoutes } from './routes-user'

/** Every route of both generations. */
export const ALL_ROUTES: readonly Route[] = [
  ...siteRoutes,
  ...loginRoutes,
  ...userRoutes,
  ...messageRoutes,
  ...checkinRoutes,
  ...redeemRoutes,
  ...tokenRoutes,
  ...logRoutes,
  ...keyRoutes,
]
