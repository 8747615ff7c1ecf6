import type { SiteType } from '@/src/domain/site-type'

import type { SiteAdapter } from '../adapter'
import { newApiAdapter } from '../new-api'

const TYPES = [
  'any-router',
  'agent-router',
  'wong',
  'model-flare',
  'v-api',
  'voapi',
  'super-api',
  'rix-api',
  'neo-api',
] as const satisfies SiteType[]

type RelativeType = (typeof TYPES)[number]

const relative = (type: RelativeType): SiteAdapter => ({
  ...newApiAdapter,
  description: { ...newApiAdapter.description, type, label: type },
  detect: () => Promise.resolve({ ok: true, value: null }),
})

export const relativeAdapters = Object.fromEntries(
  TYPES.map((type) => [type, relative(type)]),
) as Record<RelativeType, SiteAdapter>
