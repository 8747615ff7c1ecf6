import type { GroupSeed } from '../new-api/options'
import type { VeloeraCore } from './context'

const DEFAULT_GROUPS: Record<string, GroupSeed> = {
  default: { ratio: 1, desc: '默认分组' },
  vip: { ratio: 0.8, desc: 'vip分组' },
}

/** Every group that has a ratio, with those of a few users. */
function ratios({ options }: VeloeraCore): Record<string, number | string> {
  const shared = Object.entries(options.groups ?? DEFAULT_GROUPS).map(
    ([name, { ratio }]) => [name, ratio] as const,
  )
  return { ...Object.fromEntries(shared), ...options.privateGroups }
}

/**
 * Name → description of the groups a user of `group` may use. His own is always one of them; for
 * an anonymous view (`''`) this adds an empty name (`contracts/veloera.md` 8).
 */
export function usableGroups(core: VeloeraCore, group: string): Record<string, string> {
  const usable: Record<string, string> = {}
  for (const [name, { desc }] of Object.entries(core.options.groups ?? DEFAULT_GROUPS)) {
    usable[name] = desc
  }
  usable[group] ??= '用户分组'
  return usable
}

/** Ratios of the usable groups: `group_ratio` of the price list. */
export function usableRatios(core: VeloeraCore, group: string): Record<string, number | string> {
  const usable = usableGroups(core, group)
  return Object.fromEntries(Object.entries(ratios(core)).filter(([name]) => name in usable))
}

/** `GET /api/user/groups` and `/api/user/self/groups` (5.2). */
export function groupView(core: VeloeraCore, group: string): Record<string, GroupSeed> {
  const usable = usableGroups(core, group)
  return Object.fromEntries(
    Object.entries(usableRatios(core, group)).map(([name, ratio]) => [
      name,
      { ratio, desc: usable[name] ?? '' },
    ]),
  )
}
