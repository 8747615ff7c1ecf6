import type { HubCore } from './context'
import type { HubGroup, HubUser } from './state'

/** An enabled group; disabled ones are as good as absent. */
export function enabledGroup(relay: HubCore, symbol: string): HubGroup | undefined {
  const group = relay.state.groups.get(symbol)
  return group?.enable === true ? group : undefined
}

/** Whether a user, or with `null` anybody, may choose the group (`contracts/donehub.md` 6.1). */
export function maySelect(user: HubUser | null, group: HubGroup): boolean {
  return group.public || group.symbol === user?.group
}

/** Symbols of the enabled groups somebody may choose. */
export function selectableGroups(relay: HubCore, user: HubUser | null): string[] {
  return [...relay.state.groups.values()]
    .filter((group) => group.enable && maySelect(user, group))
    .map(({ symbol }) => symbol)
}

/** Groups that are closed to the user, but that keys of the user still name. */
function lostGroups(relay: HubCore, user: HubUser): string[] {
  const used = [...relay.state.tokens.values()]
    .filter((token) => token.userId === user.id)
    .flatMap(({ group, backupGroup }) => [group, backupGroup])
  return [...new Set(used)].filter((symbol) => {
    // Not in the contract: a disabled group is not listed even then.
    const group = enabledGroup(relay, symbol)
    return group !== undefined && !maySelect(user, group)
  })
}

function groupView(relay: HubCore, symbol: string) {
  const group = enabledGroup(relay, symbol)
  if (group === undefined) throw new Error(`no such group: ${symbol}`)
  return {
    id: group.id,
    symbol,
    name: group.name,
    ...(relay.isDoneHub ? { description: group.description } : {}),
    ratio: group.ratio,
    api_rate: group.apiRate,
    public: group.public,
    promotion: false,
    min: 0,
    max: 0,
    enable: group.enable,
  }
}

/** `GET /api/user_group_map` data; `inaccessible` is DoneHub's (6.1). */
export function groupMap(relay: HubCore, user: HubUser | null): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (const symbol of selectableGroups(relay, user)) map[symbol] = groupView(relay, symbol)
  if (!relay.isDoneHub || user === null) return map
  for (const symbol of lostGroups(relay, user)) {
    map[symbol] = { ...groupView(relay, symbol), inaccessible: true }
  }
  return map
}
