import { failed, ok } from '@/src/domain/failure'

import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'
import { detectAs } from '../new-api/detect'
import { refresh } from '../new-api/refresh'
import { fetchTodayUse } from '../new-api/today'
import { createAccessToken } from './access-token'
import { readSession } from './session'

/** Log pages count from 0 (`contracts/new-api.md 8.1`). */
const FIRST_LOG_PAGE = 0

/** One API: New API's ancestor; only what differs (`contracts/new-api.md 14`). */
export const oneApiAdapter: SiteAdapter = {
  ...newApiAdapter,
  description: {
    type: 'one-api',
    label: 'One API',
    authModes: ['token', 'cookie'],
    userId: 'from-token',
    unit: 'points',
    capabilities: [
      'today-use',
      'access-token',
      'api-keys',
      'api-key-edit',
      'models',
      'logs',
      'redeem',
      'invite',
      'announcements',
    ],
    endpoints: { chat: '', responses: null, anthropic: null, google: null },
    routes: {
      login: '/login',
      profile: '/setting',
      keys: '/token',
      usageLog: '/log',
      topUp: '/topup',
      redeem: '/topup',
      announcements: '/',
    },
  },
  detect: detectAs('one-api'),
  readSession,
  openSession: (_ctx, userId) => Promise.resolve(ok({ kind: 'cookie', userId })),
  probeGeneration: () => Promise.resolve(ok('one-api')),
  fetchTodayUse: (ctx, access, day) => fetchTodayUse(ctx, access, day, FIRST_LOG_PAGE),
  refresh: (ctx, access, day) => refresh(ctx, access, day, FIRST_LOG_PAGE),
  fetchGroups: () => Promise.resolve(failed({ class: 'unsupported', reason: 'no-groups' })),
  createAccessToken,
}
