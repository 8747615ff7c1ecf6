import { bodyRecord, textFor, type UserContext } from './context'
import { isSince } from './generation'
import type { MessageId } from './messages'
import { fail, ok, type Reply } from '../kit/reply'
import { readTokenFields, tokenFieldsProblem } from './token-body'
import { tokenView } from './token-view'
import { randomKey, type RelayToken } from './state'

const ENABLED = 1
const DISABLED = 2

function refuse(context: UserContext, id: MessageId): Reply {
  return fail(textFor(context, id, context.user))
}

/** The user's own key of that id, as text from the path or a number from a body. */
export function findOwn(context: UserContext, id: unknown): RelayToken | undefined {
  const token = context.relay.state.tokens.get(Number(id))
  return token?.userId === context.user.id ? token : undefined
}

/** `POST /api/token/`: no `data` upstream, the whole key on One API (`contracts/new-api.md` 6.5). */
export function createToken(context: UserContext): Reply {
  const { relay, user } = context
  const fields = readTokenFields(relay, context.body)
  if (fields === null) return refuse(context, 'invalidParams')
  const problem = tokenFieldsProblem(relay, fields)
  if (problem !== null) return refuse(context, problem)
  const own = [...relay.state.tokens.values()].filter((token) => token.userId === user.id)
  if (isSince(relay.generation, 'g1b') && own.length >= relay.state.maxTokensPerUser) {
    return refuse(context, 'tokenTooMany')
  }
  const nowSec = relay.nowSec()
  const token: RelayToken = {
    id: relay.state.nextTokenId++,
    userId: user.id,
    key: randomKey(),
    status: ENABLED,
    createdTime: nowSec,
    accessedTime: nowSec,
    usedQuota: 0,
    ...fields,
  }
  relay.state.tokens.set(token.id, token)
  return relay.generation === 'one-api' ? ok(tokenView(relay, token)) : ok()
}

/** Why a key may not be enabled again: change expiry or quota first (6.2). */
function enableProblem(context: UserContext, token: RelayToken): MessageId | null {
  const { expiredTime, unlimitedQuota, remainQuota } = token
  if (expiredTime !== -1 && expiredTime <= context.relay.nowSec()) return 'tokenExpiredEnable'
  return !unlimitedQuota && remainQuota <= 0 ? 'tokenExhaustedEnable' : null
}

function setStatus(context: UserContext, token: RelayToken, status: unknown): Reply {
  if (status !== ENABLED && status !== DISABLED) return refuse(context, 'invalidParams')
  const problem = status === ENABLED ? enableProblem(context, token) : null
  if (problem !== null) return refuse(context, problem)
  token.status = status
  return ok(tokenView(context.relay, token))
}

/**
 * `PUT /api/token/`: with `status_only` the status and nothing else, without it every editable
 * field is replaced, also those the body leaves out (6.2).
 */
export function updateToken(context: UserContext): Reply {
  const body = bodyRecord(context.body)
  if (body === undefined || !Number.isInteger(body['id'])) return refuse(context, 'invalidParams')
  const token = findOwn(context, body['id'])
  if (token === undefined) return refuse(context, 'notFound')
  if ((context.url.searchParams.get('status_only') ?? '') !== '') {
    return setStatus(context, token, body['status'])
  }
  const fields = readTokenFields(context.relay, body)
  if (fields === null) return refuse(context, 'invalidParams')
  const problem = tokenFieldsProblem(context.relay, fields)
  if (problem !== null) return refuse(context, problem)
  Object.assign(token, fields)
  return ok(tokenView(context.relay, token))
}

export function deleteToken(context: UserContext): Reply {
  const token = findOwn(context, context.params['id'])
  if (token === undefined) return refuse(context, 'notFound')
  context.relay.state.tokens.delete(token.id)
  return ok()
}

/** `POST /api/token/batch`: `data` = how many of the ids were the user's and are gone. */
export function deleteBatch(context: UserContext): Reply {
  const ids = bodyRecord(context.body)?.['ids']
  if (!Array.isArray(ids) || ids.length === 0 || !ids.every(Number.isInteger)) {
    return refuse(context, 'invalidParams')
  }
  const own = [...new Set(ids)].map((id) => findOwn(context, id))
  let deleted = 0
  for (const token of own) {
    if (token !== undefined && context.relay.state.tokens.delete(token.id)) deleted += 1
  }
  return ok(deleted)
}
