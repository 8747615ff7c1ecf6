import { DEFAULT_QUOTA_PER_UNIT } from '@/src/domain/money'

import type { SiteAdapter } from '../adapter'
import { type HostedDescription, hostedOperations, NO_PAGE_LOGIN } from '../hosted'
import { fetchFigures, identify } from './account'
import { listApiKeys } from './keys'
import { readSession } from './session'

const API_HOST = 'aihubmix.com'
const WEB_HOSTS = ['www.aihubmix.com', 'console.aihubmix.com']

const DESCRIPTION: HostedDescription = {
  type: 'aihubmix',
  label: 'AIHubMix',
  authModes: ['token'],
  userId: 'from-token',
  unit: 'points',
  capabilities: ['api-keys', 'api-key-edit', 'models', 'pricing', 'invite'],
  endpoints: { chat: '', responses: '', anthropic: '', google: null },
  routes: { login: '/sign-in', usageLog: '/statistics', topUp: '/topup' },
  hosted: {
    origin: `https://${API_HOST}`,
    webOrigin: 'https://console.aihubmix.com',
    hosts: [API_HOST, ...WEB_HOSTS],
  },
}

const STATUS = { systemName: 'AIHubMix', quotaPerUnit: DEFAULT_QUOTA_PER_UNIT }

/** AIHubMix, by raw access token (`contracts/other-sites.md 5`). */
export const aihubmixAdapter: SiteAdapter = {
  ...hostedOperations(DESCRIPTION, STATUS, fetchFigures),
  identify,
  // A page can ask its own origin alone, and the API is not at those of the console.
  readSession: (ctx) =>
    WEB_HOSTS.some((host) => ctx.origin === `https://${host}`)
      ? Promise.resolve(NO_PAGE_LOGIN)
      : readSession(ctx),
  fetchFigures,
  listApiKeys,
}
