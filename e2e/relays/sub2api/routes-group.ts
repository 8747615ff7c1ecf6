import type { Reply } from '../kit/reply'
import { onlyNew, type RequestContext, type Route, type UserContext } from './context'
import { handlerError, success } from './envelope'
import { bindableGroups, groupView, peakView } from './group-view'
import type { ModelPricing } from './options-site'
import type { GroupRow } from './state'

function pricingView(pricing: ModelPricing): Record<string, unknown> {
  return {
    billing_mode: pricing.billingMode ?? 'token',
    input_price: pricing.inputPrice ?? null,
    output_price: pricing.outputPrice ?? null,
    cache_write_price: pricing.cacheWritePrice ?? null,
    cache_read_price: pricing.cacheReadPrice ?? null,
    image_input_price: null,
    image_output_price: null,
    per_request_price: pricing.perRequestPrice ?? null,
    intervals: [],
  }
}

function channelGroupView(group: GroupRow): Record<string, unknown> {
  return {
    id: group.id,
    name: group.name,
    platform: group.platform,
    subscription_type: group.subscriptionType,
    rate_multiplier: group.rateMultiplier,
    ...peakView(group),
    is_exclusive: group.isExclusive,
  }
}

/** The groups of one platform and the models of all of them, each once. */
function platformView(platform: string, groups: readonly GroupRow[]): Record<string, unknown> {
  const models = new Map(groups.flatMap((group) => group.models).map((one) => [one.name, one]))
  return {
    platform,
    groups: groups.map(channelGroupView),
    supported_models: [...models.values()].map(({ name, pricing }) => ({
      name,
      platform,
      pricing: pricing ? pricingView(pricing) : null,
    })),
  }
}

/** `GET /channels/available`: empty while the feature is off (`contracts/sub2api.md` 10). */
function listChannels({ relay, user }: UserContext): Reply {
  if (!relay.state.settings.availableChannels) return success([])
  const groups = bindableGroups(relay, user)
  const names = [...new Set(groups.map(({ platform }) => platform))]
  const platforms = names.map((name) =>
    platformView(
      name,
      groups.filter(({ platform }) => platform === name),
    ),
  )
  return success([{ name: 'main', description: '', platforms }])
}

/** `GET /model-plaza`: the public groups and their models, 404 while it is off (10). */
function showPlaza({ relay }: RequestContext): Reply {
  const { settings, groups } = relay.state
  if (!settings.modelPlaza) return handlerError(404, 'model plaza is disabled')
  const isPublic = (group: GroupRow) => group.status === 'active' && !group.isExclusive
  return success({
    description: '',
    groups: [...groups.values()].filter(isPublic).map((group) => ({
      ...channelGroupView(group),
      description: group.description,
      image_rate_independent: false,
      image_rate_multiplier: 1,
      models: group.models.map(({ name, pricing }) => ({
        name,
        platform: group.platform,
        pricing: pricing ? pricingView(pricing) : null,
        official_pricing: null,
      })),
    })),
  })
}

/** Groups, personal rates and models with prices (`contracts/sub2api.md` 9, 10). */
export const groupRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/groups/available',
    auth: 'user',
    handle: ({ relay, user }) =>
      success(bindableGroups(relay, user).map((group) => groupView(relay, group))),
  },
  {
    method: 'GET',
    path: '/api/v1/groups/rates',
    auth: 'user',
    isIn: onlyNew,
    handle: ({ user }) => success({ ...user.rates }),
  },
  {
    method: 'GET',
    path: '/api/v1/channels/available',
    auth: 'user',
    isIn: onlyNew,
    handle: listChannels,
  },
  {
    method: 'GET',
    path: '/api/v1/model-plaza',
    auth: 'none',
    limit: 'public',
    isIn: onlyNew,
    handle: showPlaza,
  },
]
