import { jsonReply, type Reply } from '../kit/reply'
import { bodyRecord, type HostedRequest, type HostedRoute } from './hosted-site'
import { asManager, problem, queryNumber, type OpenRouterCore } from './open-router-core'
import {
  keyRow,
  limitRemaining,
  newSecret,
  type OpenRouterKey,
  type OpenRouterState,
  type OpenRouterUser,
} from './open-router-state'

type Check = (value: unknown, state: OpenRouterState) => boolean

const isAmount: Check = (value) => value === null || (typeof value === 'number' && value >= 0)
const isName: Check = (value) => typeof value === 'string' && value.trim() !== ''
const isReset: Check = (value) =>
  value === null || value === 'daily' || value === 'weekly' || value === 'monthly'
const isFlag: Check = (value) => typeof value === 'boolean'
const isUtcTime: Check = (value) =>
  value === null ||
  (typeof value === 'string' && value.endsWith('Z') && !Number.isNaN(Date.parse(value)))

const PATCH_FIELDS: Record<string, Check> = {
  name: isName,
  disabled: isFlag,
  limit: isAmount,
  limit_reset: isReset,
  include_byok_in_limit: isFlag,
}

const CREATE_FIELDS: Record<string, Check> = {
  name: isName,
  limit: isAmount,
  limit_reset: isReset,
  include_byok_in_limit: isFlag,
  expires_at: isUtcTime,
  workspace_id: (value, state) => state.workspaces.some(({ id }) => id === value),
  creator_user_id: (value) => typeof value === 'string',
}

type KeyFields = Partial<OpenRouterKey>

/** The fields of a body, or the name of the one that is wrong or unknown. */
function readFields(
  core: OpenRouterCore,
  body: unknown,
  checks: Record<string, Check>,
): KeyFields | string {
  const record = bodyRecord(body)
  if (record === undefined) return 'body'
  const wrong = Object.entries(record).find(
    ([name, value]) => !(checks[name]?.(value, core.state) ?? false),
  )
  return wrong?.[0] ?? record
}

function ownKey(user: OpenRouterUser, request: HostedRequest): OpenRouterKey | undefined {
  return user.keys.find(({ hash }) => hash === request.params['hash'])
}

/** `GET /keys`: newest first, disabled ones only on demand. */
function listKeys(core: OpenRouterCore, request: HostedRequest, user: OpenRouterUser): Reply {
  const { searchParams } = request.url
  const offset = queryNumber(request, 'offset', 0)
  if (offset === null) return problem(core, request, 400, 'Invalid offset')
  const workspace = searchParams.get('workspace_id')
  const rows = user.keys
    .filter((key) => searchParams.get('include_disabled') === 'true' || !key.disabled)
    .filter((key) => workspace === null || key.workspace_id === workspace)
    .reverse()
  return jsonReply({ data: rows.slice(offset, offset + core.keyPageSize) })
}

/** `POST /keys`: the only answer that has the plain key. */
function createKey(core: OpenRouterCore, request: HostedRequest, user: OpenRouterUser): Reply {
  const fields = readFields(core, request.body, CREATE_FIELDS)
  if (typeof fields === 'string') return problem(core, request, 400, `Invalid ${fields}`)
  const { name } = fields
  if (name === undefined) return problem(core, request, 400, 'Invalid name')
  const secret = newSecret()
  const row = keyRow(user, secret, core.nowMs(), { ...fields, name })
  user.keys.push(row)
  user.secrets.set(row.hash, secret)
  return jsonReply({ data: row, key: secret }, 201)
}

function withKey(
  core: OpenRouterCore,
  request: HostedRequest,
  handle: (key: OpenRouterKey, user: OpenRouterUser) => Reply,
): Reply {
  return asManager(core, request, (user) => {
    const key = ownKey(user, request)
    return key === undefined ? problem(core, request, 404, 'API key not found') : handle(key, user)
  })
}

/** `PATCH /keys/{hash}`: expiry and workspace cannot be changed. */
function patchKey(core: OpenRouterCore, request: HostedRequest, key: OpenRouterKey): Reply {
  const fields = readFields(core, request.body, PATCH_FIELDS)
  if (typeof fields === 'string') return problem(core, request, 400, `Invalid ${fields}`)
  Object.assign(key, fields)
  key.limit_remaining = limitRemaining(key)
  key.updated_at = new Date(core.nowMs()).toISOString()
  return jsonReply({ data: key })
}

function deleteKey(key: OpenRouterKey, user: OpenRouterUser): Reply {
  user.keys.splice(user.keys.indexOf(key), 1)
  user.secrets.delete(key.hash)
  return jsonReply({ deleted: true })
}

/** Inference keys (`contracts/other-sites.md` 4). */
export function openRouterKeyRoutes(core: OpenRouterCore): HostedRoute[] {
  const path = '/api/v1/keys'
  const onePath = `${path}/:hash`
  return [
    {
      method: 'GET',
      path,
      handle: (request) => asManager(core, request, (user) => listKeys(core, request, user)),
    },
    {
      method: 'POST',
      path,
      handle: (request) => asManager(core, request, (user) => createKey(core, request, user)),
    },
    {
      method: 'GET',
      path: onePath,
      handle: (request) => withKey(core, request, (key) => jsonReply({ data: key })),
    },
    {
      method: 'PATCH',
      path: onePath,
      handle: (request) => withKey(core, request, (key) => patchKey(core, request, key)),
    },
    {
      method: 'DELETE',
      path: onePath,
      handle: (request) => withKey(core, request, deleteKey),
    },
  ]
}
