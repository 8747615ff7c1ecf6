import type { HubCore } from './context'
import { NO_PRICE } from './defaults'
import { selectableGroups } from './groups'
import type { HubModelInfo, HubPrice } from './options'
import type { HubUser } from './state'

const NO_OWNER = '未知'

/** A price on the wire; `long_context` is DoneHub's (`contracts/donehub.md` 1.1, 6.2). */
export function priceView(relay: HubCore, price: HubPrice) {
  const { long_context, ...rest } = { locked: false, ...price }
  return relay.isDoneHub && long_context !== undefined ? { ...rest, long_context } : rest
}

/** The model's own price, else the first wildcard that fits, else the default of 30 and 30. */
export function priceOf(relay: HubCore, model: string): HubPrice {
  const { prices } = relay.state
  const own = prices.find((price) => price.model === model)
  const wildcard = (price: HubPrice): boolean =>
    price.model.endsWith('*') && model.startsWith(price.model.slice(0, -1))
  return own ?? prices.find(wildcard) ?? NO_PRICE
}

/** Not in the contract: where the information has no time of its own, that of the start. */
function infoFields(relay: HubCore, info: HubModelInfo) {
  return {
    model: info.model,
    name: info.name,
    description: info.description ?? '',
    context_length: info.contextLength ?? 0,
    max_tokens: info.maxTokens ?? 0,
    created_at: relay.state.startedAtSec,
    updated_at: relay.state.startedAtSec,
  }
}

const INFO_LISTS = {
  input_modalities: ['text'],
  output_modalities: ['text'],
  tags: [],
  support_url: [],
}

/** `GET /api/model_info/` data: the four lists are JSON texts (6.3). */
export function modelInfoList(relay: HubCore) {
  const lists = Object.entries(INFO_LISTS).map(([name, list]) => [name, JSON.stringify(list)])
  return relay.state.modelInfos.map((info, index) => ({
    id: index + 1,
    ...infoFields(relay, info),
    ...(Object.fromEntries(lists) as Record<string, string>),
  }))
}

export function ownerOf(relay: HubCore, model: string): string {
  return relay.state.ownedBy.get(priceOf(relay, model).channel_type) ?? NO_OWNER
}

/** `GET /api/available_model` data: what the public groups and the caller's own one offer (6.2). */
export function availableModels(relay: HubCore, user: HubUser | null): Record<string, unknown> {
  const groups = selectableGroups(relay, user)
  const map: Record<string, unknown> = {}
  for (const [model, offering] of relay.state.models) {
    const own = offering.filter((group) => groups.includes(group))
    if (own.length === 0) continue
    const info = relay.state.modelInfos.find((item) => item.model === model)
    const extra = info && { model_info: { ...infoFields(relay, info), ...INFO_LISTS } }
    const price = { ...priceView(relay, priceOf(relay, model)), ...extra }
    map[model] = { groups: own, owned_by: ownerOf(relay, model), price }
  }
  return map
}

/** `GET /api/ownedby` data as a list (6.3). */
export function ownedByList({ state }: HubCore): { id: number; name: string; icon: string }[] {
  const icon = (id: number): string => `https://icons.example/${id}.svg`
  return [...state.ownedBy].map(([id, name]) => ({ id, name, icon: icon(id) }))
}
