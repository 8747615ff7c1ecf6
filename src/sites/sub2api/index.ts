import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'

export const sub2ApiAdapter: SiteAdapter = {
  ...newApiAdapter,
  description: { ...newApiAdapter.description, type: 'sub2api', label: 'Sub2API' },
  detect: () => Promise.resolve({ ok: true, value: null }),
}
