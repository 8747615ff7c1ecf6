import type { Route } from './context'
import { accessTokenRoutes } from './routes-access-token'
import { checkinRoutes } from './routes-checkin'
import { keyRoutes } from './routes-key'
import { logRoutes } from './routes-log'
import { loginRoutes } from './routes-login'
import { modelRoutes } from './routes-models'
import { redeemRoutes } from './routes-redeem'
import { sessionRoutes } from './routes-session'
import { siteRoutes } from './routes-site'
import { tokenRoutes } from './routes-token'
import { userRoutes } from './routes-user'
import { verifyRoutes } from './routes-verify'

/** Every route of every generation; each one says where it exists. */
export const ALL_ROUTES: readonly Route[] = [
  ...siteRoutes,
  ...loginRoutes,
  ...sessionRoutes,
  ...userRoutes,
  ...accessTokenRoutes,
  ...verifyRoutes,
  ...checkinRoutes,
  ...redeemRoutes,
  ...tokenRoutes,
  ...logRoutes,
  ...keyRoutes,
  ...modelRoutes,
]
