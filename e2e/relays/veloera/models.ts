import type { VeloeraCore } from './context'
import type { ModelSeed } from './options'

interface OfferedModel {
  /** As a client must ask for it, with the prefix. */
  id: string
  model: ModelSeed
}

const groupsOf = (model: ModelSeed): string[] => model.groups ?? ['default']
const isPrefixed = ({ prefix }: ModelSeed): boolean => prefix !== undefined && prefix !== ''

/**
 * The models of some groups under their offered names, prefixed ones first. A base name is left out
 * when a prefixed one is listed (`contracts/veloera.md` 8).
 */
export function offeredModels(core: VeloeraCore, groups: readonly string[]): OfferedModel[] {
  const models = core.state.models.filter((model) =>
    groupsOf(model).some((g) => groups.includes(g)),
  )
  const taken = new Set(models.filter(isPrefixed).map(({ name }) => name))
  return [
    ...models.filter(isPrefixed).map((model) => ({ id: `${model.prefix}${model.name}`, model })),
    ...models.filter(({ name }) => !taken.has(name)).map((model) => ({ id: model.name, model })),
  ]
}

/** Whether a channel of the group takes calls for that name. */
export function isServed(core: VeloeraCore, group: string, id: string): boolean {
  const hasPlain = (model: ModelSeed): boolean =>
    model.name === id && model.isAlsoPlain === true && groupsOf(model).includes(group)
  return offeredModels(core, [group]).some((m) => m.id === id) || core.state.models.some(hasPlain)
}

function priceRow({ id, model }: OfferedModel) {
  const groups = groupsOf(model)
  return {
    model_name: id,
    quota_type: model.quotaType ?? 0,
    model_ratio: model.quotaType === 1 ? 0 : (model.ratio ?? 1),
    model_price: model.quotaType === 1 ? (model.price ?? 0) : 0,
    owner_by: '',
    completion_ratio: model.quotaType === 1 ? 0 : (model.completionRatio ?? 1),
    ...(groups.length > 0 ? { enable_groups: groups } : {}),
  }
}

/**
 * Rows of the price list: of every group, whoever asks. V3 lists a base name beside its prefixed
 * twin when a channel without prefix offers it; V4 hides it (8).
 */
export function priceRows(core: VeloeraCore) {
  const all = [...new Set(core.state.models.flatMap(groupsOf))]
  const ungrouped = core.state.models.filter((model) => groupsOf(model).length === 0)
  const plainTwins = core.isV4
    ? []
    : core.state.models.filter((model) => isPrefixed(model) && model.isAlsoPlain === true)
  return [
    ...offeredModels(core, all),
    ...[...plainTwins, ...ungrouped].map((model) => ({ id: model.name, model })),
  ].map(priceRow)
}
