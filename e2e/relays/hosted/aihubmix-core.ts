import { fail, jsonReply, ok, type Reply } from '../kit/reply'
import type { HostedRequest } from './hosted-site'
import type { AihubmixState, AihubmixUser } from './aihubmix-state'

/** Forms of the answers a client has to understand (`contracts/other-sites.md` 5). */
export interface AihubmixForms {
  /** `bare`: a success is the payload alone, without `{success,message,data}`. */
  readonly body?: 'envelope' | 'bare'
  /** How the key list comes. */
  readonly list?: 'array' | 'items' | 'data'
  /** Figures of the user as text. */
  readonly numbersAsText?: boolean
}

export interface AihubmixCore {
  readonly state: AihubmixState
  readonly forms: AihubmixForms
  nowSec(): number
}

/** A success in the form this double answers in. */
export function done(core: AihubmixCore, data?: unknown): Reply {
  return core.forms.body === 'bare' && data !== undefined ? jsonReply(data) : ok(data)
}

function asUser(
  core: AihubmixCore,
  request: HostedRequest,
  user: AihubmixUser | undefined,
  handle: (user: AihubmixUser) => Reply,
): Reply {
  if (user === undefined) return fail('无权进行此操作，access token 无效', 401)
  const other = request.actAsId === null ? undefined : core.state.users.get(request.actAsId)
  return handle(other ?? user)
}

/** The owner of the access token; a `Bearer ` before it is part of a token that nobody has. */
export function userByToken(core: AihubmixCore, request: HostedRequest): AihubmixUser | undefined {
  const token = request.authorization
  if (token === '') return undefined
  return [...core.state.users.values()].find(({ accessToken }) => accessToken === token)
}

export function userByCookie(core: AihubmixCore, request: HostedRequest): AihubmixUser | undefined {
  const id = core.state.sessions.get(request.cookies.get('session') ?? '')
  return id === undefined ? undefined : core.state.users.get(id)
}

/** `/api/…`: the raw access token, no cookie. */
export function asTokenOwner(
  core: AihubmixCore,
  request: HostedRequest,
  handle: (user: AihubmixUser) => Reply,
): Reply {
  return asUser(core, request, userByToken(core, request), handle)
}

/** `/call/usr/…`: the browser session, no token. */
export function asVisitor(
  core: AihubmixCore,
  request: HostedRequest,
  handle: (user: AihubmixUser) => Reply,
): Reply {
  return asUser(core, request, userByCookie(core, request), handle)
}
