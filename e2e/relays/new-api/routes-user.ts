import { randomBytes } from 'node:crypto'

import type { RelayCore, Route, UserContext } from './context'
import { isSince } from './generation'
import { ok, type Reply } from '../kit/reply'
import { selfView } from './views'

/** `GET /api/user/aff`: the invitation code, made on first use (`contracts/new-api.md` 4.3). */
function readAffCode({ user }: UserContext): Reply {
  if (user.affCode === '') user.affCode = randomBytes(2).toString('hex').toUpperCase()
  return ok(user.affCode)
}

function readTopupInfo({ relay }: UserContext): Reply {
  return ok({
    enable_online_topup: false,
    enable_stripe_topup: false,
    ...(isSince(relay.generation, 'g1b') ? { enable_creem_topup: false } : {}),
    pay_methods: [],
    min_topup: 1,
    stripe_min_topup: 1,
    amount_options: [],
    discount: {},
    topup_link: '',
  })
}

const isNewApi = ({ generation }: RelayCore): boolean => isSince(generation, 'g0')

/** The logged-in user: figures, groups, models, invitation (4). */
export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/user/self',
    auth: 'user',
    handle: ({ relay, user }) => ok(selfView(relay, user)),
  },
  {
    method: 'GET',
    path: '/api/user/self/groups',
    auth: 'user',
    isIn: isNewApi,
    handle: ({ relay }) => ok(relay.groups),
  },
  {
    method: 'GET',
    path: '/api/user/models',
    auth: 'user',
    handle: ({ relay }) => ok(relay.state.models),
  },
  {
    method: 'GET',
    path: '/api/user/available_models',
    auth: 'user',
    isIn: ({ generation }) => generation === 'one-api',
    handle: ({ relay }) => ok(relay.state.models),
  },
  {
    method: 'GET',
    path: '/api/models',
    auth: 'user',
    handle: ({ relay }) => ok({ '1': relay.state.models }),
  },
  { method: 'GET', path: '/api/user/aff', auth: 'user', handle: readAffCode },
  {
    method: 'GET',
    path: '/api/user/topup/info',
    auth: 'user',
    isIn: ({ generation }) => isSince(generation, 'g1a'),
    handle: readTopupInfo,
  },
]
