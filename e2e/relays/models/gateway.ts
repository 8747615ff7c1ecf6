import { jsonReply, unknownPath, type Reply } from '../kit/reply'
import { createSiteServer, type SiteServer } from '../kit/site-server'
import { type ModelCall, modelCallOf } from './call'
import { createModelDesk, keySent, type ModelDesk, type ModelProtocol } from './desk'
import { messagesForm } from './form-messages'

/** How a site of models alone is set up. */
export interface GatewayOptions {
  /** Keys it takes, exactly. */
  keys: readonly string[]
  models: readonly string[]
  /** Headers besides `Authorization` that carry a key; all if absent (`contracts/exports.md` 0.3). */
  keyHeaders?: readonly ('x-api-key' | 'x-goog-api-key')[]
  /** Headers that are not looked at on model lists, as Veloera and old New API have it. */
  bearerListsOnly?: boolean
  /** Where the protocols live; `null` = not spoken. */
  prefixes?: Partial<Record<ModelProtocol, string | null>>
  /** Models per page of the lists that have pages; all at once if absent. */
  pageSize?: number
}

/** A model gateway without accounts: what an address and a key alone lead to. */
export interface ModelGateway extends SiteServer {
  readonly desk: ModelDesk
  readonly options: GatewayOptions
}

/** Makes a gateway that checks keys and requests strictly. */
export function createModelGateway(options: GatewayOptions): ModelGateway {
  const desk = createModelDesk()
  const server = createSiteServer<ModelCall>({
    nowMs: () => Date.now(),
    headers: () => ({}),
    userIdHeader: null,
    routeOf: (_method, path) => path,
    read: modelCallOf,
    userIdOf: () => null,
    answer: (call) => answer(options, desk, call),
  })
  return { ...server, desk, options }
}

const PATHS: readonly (readonly [ModelProtocol, RegExp])[] = [
  ['chat', /^\/v1\/chat\/completions$/],
  ['responses', /^\/v1\/responses$/],
  ['messages', /^\/v1\/messages$/],
  ['gemini', /^\/v1beta\/models\/([^/]+)$/],
]

function answer(options: GatewayOptions, desk: ModelDesk, call: ModelCall): Reply {
  if (!isKnown(options, call)) {
    const isAnthropic = call.headers['anthropic-version'] !== undefined
    const message = 'Invalid token'
    return isAnthropic
      ? jsonReply(messagesForm.error(401, message, ''), 401)
      : jsonReply({ error: { message, type: 'new_api_error', code: 'invalid_api_key' } }, 401)
  }
  if (call.method === 'GET') return listOf(options, call)
  for (const [protocol, pattern] of call.method === 'POST' ? PATHS : []) {
    const found = pattern.exec(pathBelow(options, protocol, call) ?? '')
    if (!found) continue
    const modelInPath = decodeURIComponent(found[1] ?? '')
    return desk.answer(protocol, call, {
      modelInPath,
      refusal: (model) => (options.models.includes(model) ? null : unknownModel(protocol, model)),
    })
  }
  return unknownPath(call.method, call.path)
}

function isKnown({ keys, keyHeaders, bearerListsOnly }: GatewayOptions, call: ModelCall): boolean {
  const extra = call.method === 'GET' && bearerListsOnly === true ? [] : keyHeaders
  const { headers } = call
  const taken =
    extra === undefined
      ? headers
      : Object.fromEntries(
          ['authorization', ...extra].map((name) => [name, headers[name]] as const),
        )
  return keys.includes(keySent({ ...call, headers: taken }))
}

/** The path below the place of a protocol; `null` = it is not there. */
function pathBelow(
  { prefixes = {} }: GatewayOptions,
  protocol: ModelProtocol,
  { path }: ModelCall,
): string | null {
  const prefix = prefixes[protocol] === undefined ? '' : prefixes[protocol]
  return prefix !== null && path.startsWith(prefix) ? path.slice(prefix.length) : null
}

function unknownModel(protocol: ModelProtocol, model: string): Reply {
  const message =
    protocol === 'messages'
      ? `model: ${model}`
      : protocol === 'gemini'
        ? `models/${model} is not found for API version v1beta`
        : `The model '${model}' does not exist`
  const bodies: Record<ModelProtocol, unknown> = {
    chat: { error: { message, type: 'invalid_request_error', code: 'model_not_found' } },
    responses: { error: { message, type: 'invalid_request_error', code: 'model_not_found' } },
    messages: { type: 'error', error: { type: 'not_found_error', message } },
    gemini: { error: { code: 404, message, status: 'NOT_FOUND' } },
  }
  return jsonReply(bodies[protocol], 404)
}

function listOf(options: GatewayOptions, call: ModelCall): Reply {
  const { models, pageSize = models.length } = options
  if (pathBelow(options, 'gemini', call) === '/v1beta/models') {
    const from = Number(call.query['pageToken'] ?? '0')
    const next = from + pageSize
    return jsonReply({
      models: models.slice(from, next).map((id) => ({ name: `models/${id}`, displayName: id })),
      ...(next < models.length ? { nextPageToken: String(next) } : {}),
    })
  }
  const isAnthropic = call.headers['anthropic-version'] !== undefined
  if (isAnthropic && pathBelow(options, 'messages', call) === '/v1/models') {
    return jsonReply(anthropicPage(models, pageSize, call.query['after_id']))
  }
  if (pathBelow(options, 'chat', call) !== '/v1/models') return unknownPath('GET', call.path)
  const data = models.map((id) => ({ id, object: 'model', created: 1, owned_by: 'custom' }))
  return jsonReply({ object: 'list', data })
}

function anthropicPage(models: readonly string[], pageSize: number, after: string | undefined) {
  const from = after === undefined ? 0 : models.indexOf(after) + 1
  const page = models.slice(from, from + pageSize)
  return {
    data: page.map((id) => ({ id, type: 'model', display_name: id })),
    first_id: page[0] ?? null,
    last_id: page.at(-1) ?? null,
    has_more: from + pageSize < models.length,
  }
}
