import { needsUserHeader } from './generation'
import type { RelayOptions } from './options'

/** Endpoints that only one relative has (`contracts/other-sites.md` 7.3, 7.4, 7.5). */
export type RelativeSpecial = 'v-api' | 'any-router' | 'wong'

/** What makes a relay a relative of New API instead of New API itself. */
export interface RelativeOptions {
  /** The only header the user id is read from; its name stands in the error texts. */
  readonly userHeader: string
  /** `<title>` of the page; the site's name if absent. */
  readonly title?: string
  readonly special?: RelativeSpecial
}

/**
 * The known relatives by their headers and titles (`contracts/other-sites.md` 7.1, 7.2). AgentRouter
 * has no check-in endpoint (`contracts/new-api.md` 13): use it with a generation that has none.
 */
export const RELATIVES = {
  'v-api': { userHeader: 'X-Api-User', title: 'V-API', special: 'v-api' },
  voapi: { userHeader: 'voapi-user', title: 'VoAPI' },
  'super-api': { userHeader: 'User-id', title: 'Super-API' },
  'rix-api': { userHeader: 'Rix-Api-User', title: 'Rix-Api' },
  'neo-api': { userHeader: 'neo-api-user', title: 'neo-Api' },
  'model-flare': { userHeader: 'X-ModelFlare-User', title: 'ModelFlare' },
  'any-router': { userHeader: 'New-Api-User', title: 'Any Router', special: 'any-router' },
  'agent-router': { userHeader: 'New-Api-User', title: 'Agent Router' },
  wong: { userHeader: 'New-Api-User', title: 'WONG公益站', special: 'wong' },
} as const satisfies Record<string, RelativeOptions>

const NEW_API_HEADER = 'New-Api-User'

/** Name of the header that carries the user id (`contracts/new-api.md` 2.4). */
export function userHeaderOf(options: RelayOptions): string {
  return options.relative?.userHeader ?? NEW_API_HEADER
}

/** A text of New API as a relative writes it: with the name of its own header. */
export function relativeText(options: RelayOptions, text: string): string {
  return text.replace(NEW_API_HEADER, () => userHeaderOf(options))
}

/** Throws for a relative of a build that reads no user header, where it would mean nothing. */
export function checkRelative({ relative, generation }: RelayOptions): void {
  if (relative !== undefined && !needsUserHeader(generation)) {
    throw new Error(`a relative needs a generation with a user header, not ${generation}`)
  }
}
