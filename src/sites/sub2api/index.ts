import { failed } from '@/src/domain/failure'

import type { SiteAdapter } from '../adapter'
import { fetchFigures, identify } from './account'
import { detect } from './detect'
import { probeGeneration } from './generation'
import { fetchGroups } from './groups'
import { listApiKeys } from './keys'
import { readPage, STORED } from './page'
import { refresh } from './refresh'
import { renew } from './renew'
import { openSession, readSession } from './session'
import { fetchStatus, pageRenewal } from './settings'
import { signIn } from './sign-in'
import { fetchTodayUse } from './today'

/** Sub2API: sessions by bearer, amounts in USD (`contracts/sub2api.md`). */
export const sub2ApiAdapter: SiteAdapter = {
  description: {
    type: 'sub2api',
    label: 'Sub2API',
    authModes: ['session'],
    userId: 'from-token',
    unit: 'usd',
    capabilities: [
      'today-use',
      'api-keys',
      'api-key-edit',
      'groups',
      'models',
      'pricing',
      'logs',
      'redeem',
      'subscriptions',
      'invite',
      'announcements',
    ],
    endpoints: { chat: '', responses: '', anthropic: '', google: '' },
    routes: {
      login: '/login',
      profile: '/profile',
      keys: '/keys',
      usageLog: '/usage',
      redeem: '/redeem',
      announcements: '/dashboard',
    },
  },
  pageStorageKeys: Object.values(STORED),
  detect,
  identify,
  readSession,
  openSession,
  probeGeneration,
  fetchStatus,
  fetchFigures,
  fetchTodayUse,
  refresh,
  fetchGroups,
  listApiKeys,
  createAccessToken: () =>
    Promise.resolve(failed({ class: 'unsupported', reason: 'no-access-tokens' })),
  sessions: { readPage, pageRenewal, renew, signIn },
}
