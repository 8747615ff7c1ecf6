import { bodyRecord, textFor, type RelayCore, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { fail, ok, withHeaders, type Reply } from '../kit/reply'
import { bareSlice, pageOf, pageQuery } from './paging'
import type { RelayToken } from './state'
import { protectedKey } from './key-protection'
import { matchesSearch } from './token-search'
import { tokenView } from './token-view'
import { createToken, deleteBatch, deleteToken, findOwn, updateToken } from './token-writes'

/** The user's keys, newest id first (`contracts/new-api.md` 6.1). */
function ownTokens(context: UserContext): RelayToken[] {
  return [...context.relay.state.tokens.values()]
    .filter((token) => token.userId === context.user.id)
    .sort((a, b) => b.id - a.id)
}

/** One API's `order` of the list: by remaining or by used quota. */
function inOrder(context: UserContext, tokens: RelayToken[]): RelayToken[] {
  const order = context.relay.generation === 'one-api' ? context.url.searchParams.get('order') : ''
  if (order === 'remain_quota') {
    const weight = (token: RelayToken): number =>
      token.unlimitedQuota ? Infinity : token.remainQuota
    return tokens.sort((a, b) => (weight(a) < weight(b) ? 1 : weight(a) > weight(b) ? -1 : 0))
  }
  return order === 'used_quota' ? tokens.sort((a, b) => b.usedQuota - a.usedQuota) : tokens
}

function listTokens(context: UserContext): Reply {
  const { relay, url } = context
  const views = inOrder(context, ownTokens(context)).map((token) => tokenView(relay, token))
  return isSince(relay.generation, 'g1a')
    ? ok(pageOf(views, pageQuery(url.searchParams)))
    : ok(bareSlice(views, url.searchParams, relay.generation))
}

/** `GET /api/token/search`: a page from G1b on, all hits as a bare array before (6.2). */
function searchTokens(context: UserContext): Reply {
  const { relay, url } = context
  const keyword = url.searchParams.get('keyword') ?? ''
  const key = (url.searchParams.get('token') ?? '').replace(/^sk-/, '')
  const hits = matchesSearch(relay, ownTokens(context), { keyword, key })
  if (hits === null) return fail(textFor(context, 'searchPattern', context.user))
  const views = hits.map((token) => tokenView(relay, token))
  return isSince(relay.generation, 'g1b')
    ? ok(pageOf(views, pageQuery(url.searchParams)))
    : ok(views)
}

function readToken(context: UserContext): Reply {
  const token = findOwn(context, context.params['id'])
  return token === undefined
    ? fail(textFor(context, 'notFound', context.user))
    : ok(tokenView(context.relay, token))
}

const NO_STORE = { 'cache-control': 'no-store' }

/** `POST /api/token/:id/key`: the full key, without `sk-` (6.2). */
function revealKey(context: UserContext): Reply {
  const refusal = protectedKey(context)
  if (refusal !== null) return refusal
  const token = findOwn(context, context.params['id'])
  if (token === undefined) return fail(textFor(context, 'notFound', context.user))
  return withHeaders(ok({ key: token.key }), NO_STORE)
}

function revealKeys(context: UserContext): Reply {
  const refusal = protectedKey(context)
  if (refusal !== null) return refusal
  const ids = bodyRecord(context.body)?.['ids']
  const isValid = Array.isArray(ids) && ids.length > 0 && ids.length <= 100
  if (!isValid || !ids.every(Number.isInteger)) {
    return fail(textFor(context, 'invalidParams', context.user))
  }
  const keys: Record<string, string> = {}
  for (const token of ownTokens(context)) if (ids.includes(token.id)) keys[token.id] = token.key
  return withHeaders(ok({ keys }), NO_STORE)
}

const isG1a = ({ generation }: RelayCore): boolean => isSince(generation, 'g1a')
const isG1b = ({ generation }: RelayCore): boolean => isSince(generation, 'g1b')

/** API keys (6). */
export const tokenRoutes: Route[] = [
  { method: 'GET', path: '/api/token/', auth: 'user', handle: listTokens },
  {
    method: 'GET',
    path: '/api/token/search',
    auth: 'user',
    isSearch: isG1b,
    handle: searchTokens,
  },
  { method: 'GET', path: '/api/token/:id', auth: 'user', handle: readToken },
  { method: 'POST', path: '/api/token/', auth: 'user', handle: createToken },
  { method: 'PUT', path: '/api/token/', auth: 'user', handle: updateToken },
  { method: 'DELETE', path: '/api/token/:id', auth: 'user', handle: deleteToken },
  { method: 'POST', path: '/api/token/batch', auth: 'user', isIn: isG1a, handle: deleteBatch },
  {
    method: 'POST',
    path: '/api/token/batch/keys',
    auth: 'user',
    isIn: (relay) => isG1b(relay) && relay.options.hasBatchReveal !== false,
    isCritical: true,
    handle: revealKeys,
  },
  {
    method: 'POST',
    path: '/api/token/:id/key',
    auth: 'user',
    isIn: isG1b,
    isCritical: true,
    handle: revealKey,
  },
]
