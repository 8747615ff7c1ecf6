import { ok } from '@/src/domain/failure'
import type { SiteDescription } from '@/src/domain/site-description'

import type { SiteAdapter } from '../adapter'
import { createAccessToken } from '../new-api/access-token'
import { fetchGroups } from '../new-api/groups'
import { identify } from '../new-api/identify'
import { listApiKeys } from '../new-api/keys'
import { refresh } from '../new-api/refresh'
import { SESSION_COOKIE } from '../new-api/session'
import { fetchTodayUse } from '../new-api/today'
import { fetchFigures, readSelf } from './self'
import { PAGE_STORAGE_KEYS, readSession } from './session'
import { detect, fetchStatus, probeGeneration } from './status'

/** Log pages count from 1 (`contracts/veloera.md 4`). */
const FIRST_LOG_PAGE = 1

const description: SiteDescription = {
  type: 'veloera',
  label: 'Veloera',
  authModes: ['token', 'cookie'],
  userId: 'needed',
  unit: 'points',
  // No `api-key-reveal`: every list has the full keys (`contracts/veloera.md 10`).
  capabilities: [
    'today-use',
    'access-token',
    'api-keys',
    'api-key-edit',
    'groups',
    'models',
    'pricing',
    'logs',
    'redeem',
    'check-in',
    'invite',
    'announcements',
  ],
  // Those of V4, also while the generation is not known.
  endpoints: { chat: '', responses: '', anthropic: '', google: null },
  routes: {
    login: '/login',
    profile: '/app/me',
    keys: '/app/tokens',
    usageLog: '/app/logs/api-usage',
    topUp: '/app/wallet',
    redeem: '/app/wallet',
    checkIn: '/app/me',
    announcements: '/',
  },
  routesByGeneration: {
    'veloera-v3': {
      profile: '/personal',
      keys: '/token',
      usageLog: '/log',
      topUp: '/topup',
      redeem: '/topup',
      checkIn: '/personal',
    },
  },
}

/** Veloera: New API as of April 2025, and what it made of it (`contracts/veloera.md 1`). */
export const veloeraAdapter: SiteAdapter = {
  description,
  pageStorageKeys: PAGE_STORAGE_KEYS,
  loginCookies: [SESSION_COOKIE],
  detect,
  identify,
  readSession,
  openSession: (_ctx, userId) => Promise.resolve(ok({ kind: 'cookie', userId })),
  probeGeneration,
  fetchStatus,
  fetchFigures,
  fetchTodayUse: (ctx, access, day) => fetchTodayUse(ctx, access, day, FIRST_LOG_PAGE),
  refresh: (ctx, access, day) => refresh(ctx, access, day, FIRST_LOG_PAGE, readSelf),
  fetchGroups,
  listApiKeys,
  createAccessToken,
}
