/** Server families Relaydeck has an adapter for. The value is stored: never rename one. */
export const SITE_TYPES = [
  'new-api',
  'one-api',
  'done-hub',
  'one-hub',
  'veloera',
  'sub2api',
  'any-router',
  'agent-router',
  'wong',
  'model-flare',
  'v-api',
  'voapi',
  'super-api',
  'rix-api',
  'neo-api',
  'open-router',
  'aihubmix',
] as const

export type SiteType = (typeof SITE_TYPES)[number]

/**
 * Behaviour generations, told apart by what a server answers and never by its version string. `g0`
 * to `g4`: New API (`contracts/new-api.md 0`), `g1` being a G1 whose key masking could not be seen.
 * The others are named by their family (`contracts/veloera.md`, `contracts/sub2api.md 1`).
 */
export const GENERATIONS = [
  'one-api',
  'g0',
  'g1',
  'g1a',
  'g1b',
  'g2',
  'g3',
  'g4',
  'one-hub',
  'done-hub',
  'veloera-v3',
  'veloera-v4',
  'sub2api-old',
  'sub2api-new',
  'hosted',
] as const

export type Generation = (typeof GENERATIONS)[number]
