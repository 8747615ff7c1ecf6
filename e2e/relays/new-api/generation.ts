/** Builds of the family that differ on the wire (`contracts/new-api.md` 0 and 14). */
export type Generation = 'one-api' | 'g0' | 'g1a' | 'g1b' | 'g2' | 'g3'

const AGE_ORDER: readonly Generation[] = ['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3']

/** Every generation, oldest first; One API stands before all of New API. */
export const ALL_GENERATIONS = AGE_ORDER

/** Whether `generation` is `first` or newer. One API is older than everything else. */
export function isSince(generation: Generation, first: Generation): boolean {
  return AGE_ORDER.indexOf(generation) >= AGE_ORDER.indexOf(first)
}

/** G0, G1 and One API keep the login in a signed `session` cookie (2.2). */
export function usesSessionCookie(generation: Generation): boolean {
  return !isSince(generation, 'g2')
}

/** G0 and G1 demand `New-Api-User`; One API has no such header, G2+ ignores it (2.3, 14). */
export function needsUserHeader(generation: Generation): boolean {
  return generation === 'g0' || generation === 'g1a' || generation === 'g1b'
}

/** Lists carry masked keys from G1b on (0, 6.6). */
export function masksKeys(generation: Generation): boolean {
  return isSince(generation, 'g1b')
}
