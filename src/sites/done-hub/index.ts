import { ok } from '@/src/domain/failure'
import type { SiteDescription } from '@/src/domain/site-description'

import type { SiteAdapter } from '../adapter'
import { fetchFigures, fetchStatus } from '../new-api/account'
import { refresh } from '../new-api/refresh'
import { SESSION_COOKIE } from '../new-api/session'
import { createAccessToken } from './access-token'
import { detectAs } from './detect'
import { probeGenerationAs } from './generation'
import { fetchGroups } from './groups'
import { listApiKeys } from './keys'
import { identify, readSessionAs } from './session'
import type { HubType } from './status-fields'
import { fetchTodayUse } from './today'

/** Both variants share one contract; neither has a check-in (`contracts/donehub.md 1, 11`). */
const SHARED: Omit<SiteDescription, 'type' | 'label'> = {
  authModes: ['token', 'cookie'],
  userId: 'from-token',
  unit: 'points',
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
    'invite',
    'announcements',
  ],
  endpoints: { chat: '', responses: '', anthropic: '/claude', google: '/gemini' },
  routes: {
    login: '/login',
    profile: '/panel/profile',
    keys: '/panel/token',
    usageLog: '/panel/log',
    topUp: '/panel/topup',
    redeem: '/panel/topup',
    announcements: '/',
  },
}

/** DoneHub (`contracts/donehub.md`). */
export const doneHubAdapter: SiteAdapter = hubAdapter('done-hub', 'DoneHub')

/** One Hub, of which DoneHub is a fork. */
export const oneHubAdapter: SiteAdapter = hubAdapter('one-hub', 'One Hub')

function hubAdapter(type: HubType, label: string): SiteAdapter {
  return {
    description: { ...SHARED, type, label },
    // Whatever is left in a page's storage is another program's (`contracts/donehub.md 11`).
    pageStorageKeys: [],
    loginCookies: [SESSION_COOKIE],
    detect: detectAs(type),
    identify,
    readSession: readSessionAs(type),
    openSession: (_ctx, userId) => Promise.resolve(ok({ kind: 'cookie', userId })),
    probeGeneration: probeGenerationAs(type),
    fetchStatus,
    fetchFigures,
    fetchTodayUse,
    refresh: (ctx, access, day) => refresh(ctx, access, day, 'one-hub'),
    fetchGroups,
    listApiKeys,
    createAccessToken,
  }
}
