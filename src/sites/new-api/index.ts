import type { SiteAdapter } from '../adapter'
import { createAccessToken } from './access-token'
import { fetchFigures, fetchStatus } from './account'
import { detectAs } from './detect'
import { probeGeneration } from './generation'
import { fetchGroups } from './groups'
import { listApiKeys } from './keys'
import { refresh } from './refresh'
import { openSession, PAGE_STORAGE_KEYS, readSession } from './session'
import { fetchTodayUse } from './today'

/** Log pages count from 1 (`contracts/new-api.md 8.1`). */
const FIRST_LOG_PAGE = 1

/** New API and the relatives that differ from it by header names only. */
export const newApiAdapter: SiteAdapter = {
  description: {
    type: 'new-api',
    label: 'New API',
    authModes: ['token', 'cookie'],
    routes: {
      login: '/login',
      profile: '/console/personal',
      keys: '/console/token',
      usageLog: '/console/log',
      topUp: '/console/topup',
    },
  },
  pageStorageKeys: PAGE_STORAGE_KEYS,
  detect: detectAs('new-api'),
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
