import { jsonReply } from '../kit/reply'
import type { Route } from './context'
import { success } from './envelope'
import { publicSettings } from './public-settings'

/** What anybody may read (`contracts/sub2api.md` 3, 13). */
export const siteRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/settings/public',
    auth: 'none',
    limit: 'public',
    handle: ({ relay }) => success(publicSettings(relay)),
  },
  {
    method: 'GET',
    path: '/setup/status',
    auth: 'none',
    handle: () => jsonReply({ code: 0, data: { needs_setup: false, step: 'completed' } }),
  },
  { method: 'GET', path: '/health', auth: 'none', handle: () => jsonReply({ status: 'ok' }) },
]
