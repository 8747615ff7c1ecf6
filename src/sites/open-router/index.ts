import type { SiteAdapter } from '../adapter'
import { fetchFigures } from './account'
import { type HostedDescription, hostedOperations } from '../hosted'
import { identify } from './identity'
import { listApiKeys } from './keys'

const ORIGIN = 'https://openrouter.ai'

const DESCRIPTION: HostedDescription = {
  type: 'open-router',
  label: 'OpenRouter',
  authModes: ['token'],
  userId: 'from-token',
  unit: 'usd',
  capabilities: ['api-keys', 'api-key-edit', 'models', 'pricing'],
  endpoints: { chat: '/api', responses: '/api', anthropic: '/api', google: null },
  routes: { profile: '/settings/management-keys' },
  hosted: { origin: ORIGIN, webOrigin: ORIGIN, hosts: ['openrouter.ai'] },
}

/** OpenRouter's account side, by management key (`contracts/other-sites.md 4`). */
export const openRouterAdapter: SiteAdapter = {
  ...hostedOperations(DESCRIPTION, { systemName: 'OpenRouter' }, fetchFigures),
  identify,
  fetchFigures,
  listApiKeys,
}
