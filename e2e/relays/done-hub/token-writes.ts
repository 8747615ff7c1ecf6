import { fail, ok, type Reply } from '../kit/reply'
import type { UserContext } from './context'
import { TEXT } from './messages'
import { randomKey, type HubToken } from './state'
import {
  readTokenBody,
  readTokenFields,
  tokenFieldsProblem,
  whole,
  type TokenFields,
} from './token-body'
import { tokenView } from './token-view'

const ENABLED = 1
const EXPIRED = 3
const EXHAUSTED = 4

/** The user's own key of that id; a text says why there is none. */
export function findOwn({ relay, user }: UserContext, id: number): HubToken | string {
  if (id === 0) return TEXT.idMissing
  const token = relay.state.tokens.get(id)
  return token?.userId === user.id ? token : TEXT.notFound
}

/** Puts a new key of the user into the state. */
function addToken({ relay, user }: UserContext, fields: TokenFields): HubToken {
  const nowSec = relay.nowSec()
  const token: HubToken = {
    id: relay.state.nextTokenId++,
    userId: user.id,
    key: randomKey(),
    status: ENABLED,
    createdTime: nowSec,
    accessedTime: nowSec,
    usedQuota: 0,
    ...fields,
    // Not in the contract: a zero is left to the column's default on create, so only an update
    // can store it.
    expiredTime: fields.expiredTime || -1,
  }
  relay.state.tokens.set(token.id, token)
  return token
}

/** `GET /api/token/playground`: makes the key of the web playground when it is missing (9.1). */
export function playgroundKey(context: UserContext): Reply {
  const own = [...context.relay.state.tokens.values()].find(
    ({ userId, name }) => userId === context.user.id && name === 'sys_playground',
  )
  const body = { name: 'sys_playground', unlimited_quota: true }
  return ok((own ?? addToken(context, readTokenFields(body, context.user))).key)
}

/** `POST /api/token/`: `data` is `{id,key}` on DoneHub, absent on One Hub (9.2). */
export function createToken(context: UserContext): Reply {
  const body = readTokenBody(context.body)
  if (typeof body === 'string') return fail(body)
  const fields = readTokenFields(body, context.user)
  const problem = tokenFieldsProblem(context, fields)
  if (problem !== null) return fail(problem)
  const { id, key } = addToken(context, fields)
  return context.relay.isDoneHub ? ok({ id, key }) : ok()
}

/** Not in the contract: what counts is the stored status, so a disabled key is always enabled. */
function enableProblem({ relay }: UserContext, token: HubToken): string | null {
  const { status, expiredTime, unlimitedQuota, remainQuota } = token
  if (status === EXPIRED && expiredTime !== -1 && expiredTime <= relay.nowSec()) {
    return TEXT.keyExpiredEnable
  }
  return status === EXHAUSTED && !unlimitedQuota && remainQuota <= 0
    ? TEXT.keyExhaustedEnable
    : null
}

function setStatus(context: UserContext, token: HubToken, status: number): Reply {
  const problem = status === ENABLED ? enableProblem(context, token) : null
  if (problem !== null) return fail(problem)
  token.status = status
  return ok(tokenView(token, context.user))
}

/** `PUT /api/token/`: the status alone, or every editable field, also those left out (9.2). */
export function updateToken(context: UserContext): Reply {
  const body = readTokenBody(context.body)
  if (typeof body === 'string') return fail(body)
  const token = findOwn(context, whole(body['id']))
  if (typeof token === 'string') return fail(token)
  if (context.url.searchParams.get('status_only')) {
    return setStatus(context, token, whole(body['status']))
  }
  const { remainQuota, ...fields } = readTokenFields(body, context.user, token)
  const problem = tokenFieldsProblem(context, { remainQuota, ...fields }, token)
  if (problem !== null) return fail(problem)
  Object.assign(token, fields)
  if (!context.relay.isDoneHub || !fields.unlimitedQuota) token.remainQuota = remainQuota
  return ok(tokenView(token, context.user))
}
