import * as z from 'zod/mini'

/** Server families Relaydeck has an adapter for. The value is stored: never rename one. */
export const SITE_TYPES = ['new-api', 'one-api'] as const

export type SiteType = (typeof SITE_TYPES)[number]

export const siteTypeSchema = z.enum(SITE_TYPES)

/**
 * Behaviour generations of the New API family (`contracts/new-api.md 0`). Told apart by what a
 * server answers, never by its version string. `g1` is a G1 whose key masking could not be seen.
 */
export const GENERATIONS = ['one-api', 'g0', 'g1', 'g1a', 'g1b', 'g2', 'g3', 'g4'] as const

export type Generation = (typeof GENERATIONS)[number]

export const generationSchema = z.enum(GENERATIONS)
