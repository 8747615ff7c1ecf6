import type { Reply } from '../kit/reply'
import { onlyNew, type Route, type UserContext } from './context'
import { success } from './envelope'
import { userView } from './user-view'

/** `GET /auth/me`: the only place with `run_mode` (`contracts/sub2api.md` 7). */
function readSelf({ relay, user }: UserContext): Reply {
  const { runMode: run_mode } = relay.state.settings
  return success({ ...userView(relay, user), ...(relay.isNew ? { run_mode } : {}) })
}

/** `GET /user/aff` (7). It answers also while the programme is off; that is not in the contract. */
function readAffiliate({ user }: UserContext): Reply {
  return success({
    user_id: user.id,
    aff_code: user.affCode,
    aff_count: 0,
    aff_quota: 0,
    aff_frozen_quota: 0,
    aff_history_quota: 0,
    effective_rebate_rate_percent: 10,
    invitees: [],
  })
}

/** The user (`contracts/sub2api.md` 7). */
export const userRoutes: Route[] = [
  { method: 'GET', path: '/api/v1/auth/me', auth: 'user', handle: readSelf },
  {
    method: 'GET',
    path: '/api/v1/user/profile',
    auth: 'user',
    handle: ({ relay, user }) => success(userView(relay, user)),
  },
  {
    method: 'GET',
    path: '/api/v1/user/aff',
    auth: 'user',
    isIn: onlyNew,
    handle: readAffiliate,
  },
]
