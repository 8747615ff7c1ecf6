import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'

export const veloeraAdapter: SiteAdapter = {
  ...newApiAdapter,
  description: { ...newApiAdapter.description, type: 'veloera', label: 'Veloera' },
  detect: () => Promise.resolve({ ok: true, value: null }),
}
