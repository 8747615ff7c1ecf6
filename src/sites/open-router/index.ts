import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'

export const openRouterAdapter: SiteAdapter = {
  ...newApiAdapter,
  description: { ...newApiAdapter.description, type: 'open-router', label: 'OpenRouter' },
  detect: () => Promise.resolve({ ok: true, value: null }),
}
