import { jsonReply, type Reply } from '../kit/reply'
import type { HostedRequest } from './hosted-site'
import type { OpenRouterKey, OpenRouterState, OpenRouterUser } from './open-router-state'

/** What every handler may use of the double it runs in. */
export interface OpenRouterCore {
  readonly state: OpenRouterState
  readonly keyPageSize: number
  readonly modelPageSize: number
  /** Errors repeat the credential, as some services do. */
  readonly echoesCredential: boolean
  nowMs(): number
}

/** Who sent a request: the account itself, or one of its inference keys. */
export interface Caller {
  readonly user: OpenRouterUser
  /** `null` = by the management key. */
  readonly key: OpenRouterKey | null
}

function credentialOf(request: HostedRequest): string {
  return /^Bearer (\S+)$/.exec(request.authorization)?.[1] ?? ''
}

/** `{error:{code,message}}` (`contracts/other-sites.md` 4). */
export function problem(
  core: OpenRouterCore,
  request: HostedRequest,
  status: number,
  message: string,
): Reply {
  const credential = core.echoesCredential ? ` (key ${credentialOf(request)})` : ''
  return jsonReply({ error: { code: status, message: `${message}${credential}` } }, status)
}

/** The owner of the request's credential, whichever kind it is. */
export function callerOf(core: OpenRouterCore, request: HostedRequest): Caller | null {
  const credential = credentialOf(request)
  if (credential === '') return null
  for (const user of core.state.users.values()) {
    if (user.managementKey === credential) return { user, key: null }
    const key = user.keys.find(({ hash }) => user.secrets.get(hash) === credential)
    if (key !== undefined && !key.disabled) return { user, key }
  }
  return null
}

/** Runs a handler for a known credential; fault `wrong-user` puts another user in its place. */
export function asCaller(
  core: OpenRouterCore,
  request: HostedRequest,
  handle: (caller: Caller) => Reply,
): Reply {
  if (request.authorization === '') return problem(core, request, 401, 'No auth credentials found')
  const caller = callerOf(core, request)
  if (caller === null) return problem(core, request, 401, 'User not found.')
  const other = request.actAsId === null ? undefined : core.state.users.get(request.actAsId)
  return handle(other === undefined ? caller : { ...caller, user: other })
}

/** As {@link asCaller}, for a management key only. */
export function asManager(
  core: OpenRouterCore,
  request: HostedRequest,
  handle: (user: OpenRouterUser) => Reply,
): Reply {
  return asCaller(core, request, ({ user, key }) =>
    key === null
      ? handle(user)
      : problem(core, request, 403, 'Only management keys can perform this operation'),
  )
}

/** A whole number of the query; `fallback` when absent, `null` when it is none. */
export function queryNumber(request: HostedRequest, name: string, fallback: number): number | null {
  const text = request.url.searchParams.get(name)
  if (text === null) return fallback
  return /^\d+$/.test(text) ? Number(text) : null
}
