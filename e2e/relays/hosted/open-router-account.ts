import { jsonReply, type Reply } from '../kit/reply'
import type { HostedRequest, HostedRoute } from './hosted-site'
import {
  asCaller,
  asManager,
  problem,
  queryNumber,
  type Caller,
  type OpenRouterCore,
} from './open-router-core'
import type { OpenRouterModel } from './open-router-models'

/** `GET /key`: of the credential itself; only here an inference key is told from a management key. */
function keyView({ user, key }: Caller): Reply {
  const isManagement = key === null
  return jsonReply({
    data: {
      label: key?.label ?? `${user.managementKey.slice(0, 14)}...`,
      is_management_key: isManagement,
      is_free_tier: false,
      creator_user_id: user.creatorUserId,
      limit: key?.limit ?? null,
      limit_remaining: key?.limit_remaining ?? null,
      limit_reset: key?.limit_reset ?? null,
      usage: isManagement ? 0 : key.usage,
    },
  })
}

function modelView({ id, name, pricing, outputModalities }: OpenRouterModel) {
  return { id, name, pricing, architecture: { output_modalities: outputModalities } }
}

/** A page of models; `links.next` names the next one and is left out on the last. */
function listModels(core: OpenRouterCore, request: HostedRequest): Reply {
  const { url } = request
  const offset = queryNumber(request, 'offset', 0)
  if (offset === null) return problem(core, request, 400, 'Invalid offset')
  const modality = url.searchParams.get('output_modalities') ?? 'text'
  const models = core.state.models.filter(
    ({ outputModalities }) => modality === 'all' || outputModalities.includes(modality),
  )
  const end = offset + core.modelPageSize
  const next = new URL(`http://${request.host}${url.pathname}${url.search}`)
  next.searchParams.set('offset', String(end))
  return jsonReply({
    data: models.slice(offset, end).map(modelView),
    total_count: models.length,
    ...(end < models.length ? { links: { next: next.href } } : {}),
  })
}

function pageOf<T>(core: OpenRouterCore, request: HostedRequest, rows: readonly T[]): Reply {
  const offset = queryNumber(request, 'offset', 0)
  const limit = queryNumber(request, 'limit', 100)
  if (offset === null || limit === null || limit > 100) {
    return problem(core, request, 400, 'Invalid page')
  }
  return jsonReply({ data: rows.slice(offset, offset + limit), total_count: rows.length })
}

function workspaceRoutes(core: OpenRouterCore): HostedRoute[] {
  const { state } = core
  return [
    {
      method: 'GET',
      path: '/api/v1/workspaces',
      handle: (request) => asManager(core, request, () => pageOf(core, request, state.workspaces)),
    },
    {
      method: 'GET',
      path: '/api/v1/workspaces/default',
      handle: (request) => asManager(core, request, () => jsonReply({ data: state.workspaces[0] })),
    },
    {
      method: 'GET',
      path: '/api/v1/workspaces/:id/members',
      handle: (request) =>
        asManager(core, request, ({ creatorUserId }) =>
          state.workspaces.some(({ id }) => id === request.params['id'])
            ? pageOf(core, request, [{ id: 'member_1', user_id: creatorUserId }])
            : problem(core, request, 404, 'Workspace not found'),
        ),
    },
  ]
}

/** The account, its workspaces and the models (`contracts/other-sites.md` 4). */
export function openRouterAccountRoutes(core: OpenRouterCore): HostedRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/key',
      handle: (request) => asCaller(core, request, keyView),
    },
    {
      method: 'GET',
      path: '/api/v1/credits',
      handle: (request) =>
        asManager(core, request, ({ totalCredits, totalUsage }) =>
          jsonReply({ data: { total_credits: totalCredits, total_usage: totalUsage } }),
        ),
    },
    { method: 'GET', path: '/api/v1/models', handle: (request) => listModels(core, request) },
    {
      method: 'GET',
      path: '/api/v1/models/user',
      handle: (request) => asCaller(core, request, () => listModels(core, request)),
    },
    ...workspaceRoutes(core),
  ]
}
