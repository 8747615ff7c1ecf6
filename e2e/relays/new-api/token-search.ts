import type { RelayCore } from './context'
import { isSince } from './generation'
import type { RelayToken } from './state'

/** Matches SQL `LIKE` with `%` only. */
function isLike(value: string, pattern: string): boolean {
  const source = pattern
    .split('%')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 'is').test(value)
}

function percentCount(text: string): number {
  return text.split('%').length - 1
}

/**
 * The keys a search finds (`contracts/new-api.md` 6.2); `null` if the pattern has more than two
 * `%`. From G1b on a word without `%` must match exactly; older builds match its beginning. One API
 * looks at the name only.
 */
export function matchesSearch(
  relay: RelayCore,
  tokens: RelayToken[],
  { keyword, key }: { keyword: string; key: string },
): RelayToken[] | null {
  const isExact = isSince(relay.generation, 'g1b')
  if (isExact && Math.max(percentCount(keyword), percentCount(key)) > 2) return null
  const fits = (value: string, wanted: string): boolean =>
    wanted === '' || isLike(value, isExact ? wanted : `${wanted}%`)
  const keyPattern = relay.generation === 'one-api' ? '' : key
  return tokens.filter((token) => fits(token.name, keyword) && fits(token.key, keyPattern))
}
