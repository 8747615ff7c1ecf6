import { fail, type Reply } from '../kit/reply'
import { asTokenOwner, done, type AihubmixCore } from './aihubmix-core'
import { newKeySecret, type AihubmixKey, type AihubmixUser } from './aihubmix-state'
import { bodyRecord, type HostedRequest, type HostedRoute } from './hosted-site'

type KeyFields = Pick<
  AihubmixKey,
  'name' | 'expiredTime' | 'unlimitedQuota' | 'remainQuota' | 'models' | 'subnet'
>

const FIELDS = ['name', 'expired_time', 'unlimited_quota', 'remain_quota', 'models', 'subnet']
const INVALID = fail('无效的参数')

/**
 * The six fields of a key, all of them and no other: a `group` or `allow_ips` refuses the body, as
 * there are none. An unlimited key has a quota of -1.
 */
function readFields(body: unknown, alsoAllowed: readonly string[] = []): KeyFields | null {
  const record = bodyRecord(body)
  if (record === undefined) return null
  if (Object.keys(record).some((name) => ![...FIELDS, ...alsoAllowed].includes(name))) return null
  const { name, expired_time, unlimited_quota, remain_quota, models, subnet } = record
  if (typeof name !== 'string' || typeof models !== 'string' || typeof subnet !== 'string') {
    return null
  }
  if (typeof expired_time !== 'number' || typeof remain_quota !== 'number') return null
  if (name === '' || typeof unlimited_quota !== 'boolean') return null
  if (unlimited_quota ? remain_quota !== -1 : remain_quota < 0) return null
  const [expiredTime, unlimitedQuota, remainQuota] = [expired_time, unlimited_quota, remain_quota]
  return { name, expiredTime, unlimitedQuota, remainQuota, models, subnet }
}

/** A key row with its secret masked: no later answer shows it again. */
function keyView(key: AihubmixKey) {
  return {
    id: key.id,
    key: `${key.secret.slice(0, 7)}****${key.secret.slice(-4)}`,
    name: key.name,
    status: key.status,
    created_time: key.createdTime,
    expired_time: key.expiredTime,
    unlimited_quota: key.unlimitedQuota,
    remain_quota: key.remainQuota,
    used_quota: key.usedQuota,
    models: key.models,
    subnet: key.subnet,
  }
}

/** The user's keys, newest first. */
function ownKeys(core: AihubmixCore, user: AihubmixUser): AihubmixKey[] {
  return [...core.state.keys.values()].filter((key) => key.userId === user.id).reverse()
}

function listReply(core: AihubmixCore, keys: readonly AihubmixKey[]): Reply {
  const views = keys.map(keyView)
  const { list = 'array' } = core.forms
  return done(core, list === 'array' ? views : { [list]: views })
}

function createKey(core: AihubmixCore, user: AihubmixUser, request: HostedRequest): Reply {
  const fields = readFields(request.body)
  if (fields === null) return INVALID
  const key: AihubmixKey = {
    id: core.state.nextKeyId++,
    userId: user.id,
    secret: newKeySecret(),
    status: 1,
    createdTime: core.nowSec(),
    usedQuota: 0,
    ...fields,
  }
  core.state.keys.set(key.id, key)
  return done(core, { ...keyView(key), full_key: key.secret })
}

function withKey(
  core: AihubmixCore,
  user: AihubmixUser,
  id: unknown,
  handle: (key: AihubmixKey) => Reply,
): Reply {
  const key = core.state.keys.get(Number(id))
  return key?.userId === user.id ? handle(key) : fail('record not found')
}

function updateKey(core: AihubmixCore, user: AihubmixUser, request: HostedRequest): Reply {
  return withKey(core, user, bodyRecord(request.body)?.['id'], (key) => {
    const fields = readFields(request.body, ['id'])
    if (fields === null) return INVALID
    Object.assign(key, fields)
    return done(core, keyView(key))
  })
}

/** API keys (`contracts/other-sites.md` 5): the full one only in the answer of the creation. */
export function aihubmixKeyRoutes(core: AihubmixCore): HostedRoute[] {
  const route = (
    method: HostedRoute['method'],
    path: string,
    handle: (user: AihubmixUser, request: HostedRequest) => Reply,
  ): HostedRoute => ({
    method,
    path,
    handle: (request) => asTokenOwner(core, request, (user) => handle(user, request)),
  })
  return [
    route('GET', '/api/token/', (user) => listReply(core, ownKeys(core, user))),
    route('GET', '/api/token/search', (user, { url }) => {
      const keyword = url.searchParams.get('keyword') ?? ''
      return listReply(
        core,
        ownKeys(core, user).filter(({ name }) => name.includes(keyword)),
      )
    }),
    route('GET', '/api/token/:id', (user, { params }) =>
      withKey(core, user, params['id'], (key) => done(core, keyView(key))),
    ),
    route('POST', '/api/token/', (user, request) => createKey(core, user, request)),
    route('PUT', '/api/token/', (user, request) => updateKey(core, user, request)),
    route('DELETE', '/api/token/:id', (user, { params }) =>
      withKey(core, user, params['id'], (key) => {
        core.state.keys.delete(key.id)
        return done(core)
      }),
    ),
  ]
}
