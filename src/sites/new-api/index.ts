import type { Capability } from '@/src/domain/site-description'

import type { SiteAdapter } from '../adapter'
import { createAccessToken } from './access-token'
import { fetchFigures, fetchStatus } from './account'
import { detectAs } from './detect'
import { probeGeneration } from './generation'
import { fetchGroups } from './groups'
import { listApiKeys } from './keys'
import { identify } from './identify'
import { refresh } from './refresh'
import {
  openSession,
  PAGE_STORAGE_KEYS,
  readSession,
  REFRESH_COOKIE,
  SESSION_COOKIE,
} from './session'
import { fetchTodayUse } from './today'

/** Log pages count from 1 (`contracts/new-api.md 8.1`). */
const FIRST_LOG_PAGE = 1

/** Everything the family has (`contracts/new-api.md`); relatives leave out what they lack. */
const NEW_API_CAPABILITIES: Capability[] = [
  'today-use',
  'access-token',
  'api-keys',
  'api-key-edit',
  'api-key-reveal',
  'groups',
  'models',
  'pricing',
  'logs',
  'redeem',
  'check-in',
  'invite',
  'announcements',
]

/** New API and the relatives that differ from it by header names only. */
export const newApiAdapter: SiteAdapter = {
  description: {
    type: 'new-api',
    label: 'New API',
    authModes: ['token', 'cookie'],
    userId: 'needed',
    unit: 'points',
    capabilities: NEW_API_CAPABILITIES,
    endpoints: { chat: '', responses: '', anthropic: '', google: '' },
    routes: {
      login: '/login',
      profile: '/console/personal',
      keys: '/console/token',
      usageLog: '/console/log',
      topUp: '/console/topup',
      redeem: '/console/topup',
      checkIn: '/console/personal',
      announcements: '/',
    },
    // `contracts/new-api.md 3.5`, third column.
    routesByTheme: {
      default: {
        login: '/sign-in',
        profile: '/profile',
        keys: '/keys',
        usageLog: '/usage-logs',
        topUp: '/wallet',
        redeem: '/wallet',
        checkIn: '/profile',
      },
    },
  },
  pageStorageKeys: PAGE_STORAGE_KEYS,
  loginCookies: [SESSION_COOKIE, REFRESH_COOKIE],
  detect: detectAs('new-api'),
  identify,
  readSession,
  openSession,
  probeGeneration,
  fetchStatus,
  fetchFigures,
  fetchTodayUse: (ctx, access, day) => fetchTodayUse(ctx, access, day, FIRST_LOG_PAGE),
  refresh: (ctx, access, day) => refresh(ctx, access, day, FIRST_LOG_PAGE),
  fetchGroups,
  listApiKeys,
  createAccessToken,
}
