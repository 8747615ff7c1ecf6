import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'

export const doneHubAdapter: SiteAdapter = {
  ...newApiAdapter,
  description: { ...newApiAdapter.description, type: 'done-hub', label: 'DoneHub' },
  detect: () => Promise.resolve({ ok: true, value: null }),
}

export const oneHubAdapter: SiteAdapter = {
  ...doneHubAdapter,
  description: { ...doneHubAdapter.description, type: 'one-hub', label: 'One Hub' },
}
