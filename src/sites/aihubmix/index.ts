import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'

export const aihubmixAdapter: SiteAdapter = {
  ...newApiAdapter,
  description: { ...newApiAdapter.description, type: 'aihubmix', label: 'AIHubMix' },
  detect: () => Promise.resolve({ ok: true, value: null }),
}
