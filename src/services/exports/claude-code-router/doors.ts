import { isFailureError, raise } from '@/src/domain/failure'
import type { Json, SiteRequest, SiteResponse } from '@/src/net/transport'

import type { GatewayLine } from '../gateway-client'
import { isList, isObject, type JsonObject, parseJson, textOf } from '../json'
import { refuse } from './answers'
import { providersOf, type RouterGeneration } from './config'

/** `unknown`: sent, and no answer tells what became of it. */
export type SaveFate = 'done' | 'unknown'

/** The configuration of one running Claude Code Router, whatever its generation. */
export interface Door {
  readonly generation: RouterGeneration
  readonly version: string | null
  read(): Promise<JsonObject>
  /** Overwrites everything: only right after it was read. */
  save(config: JsonObject): Promise<SaveFate>
  restart(): Promise<void>
}

type Part = Pick<SiteRequest, 'method' | 'body'>

/** Finds out which generation answers at the address (`contracts/exports.md 5`). */
export async function openDoor(line: GatewayLine): Promise<Door> {
  const file = fileDoor(line)
  const answer = await file.ask()
  if (answer.status !== 404) {
    file.parse(answer)
    return file
  }
  return callDoor(line)
}

/** Versions 1 and 2: the whole file, with all references to the environment filled in (5.2). */
function fileDoor(line: GatewayLine) {
  const secrets = secretsOf(line)
  const send = (name: 'config' | 'restart', part: Part) =>
    exchange(line, `/api/${name}`, part, bearer(line.secret))
  const fail = (answer: SiteResponse, name = 'config'): never =>
    refuse(answer, { path: `/api/${name}`, generation: 'v2', secrets: secrets.all() })

  function parse(answer: SiteResponse): JsonObject {
    const config = answer.status === 200 ? parseJson(answer.text) : undefined
    if (!isObject(config) || !looksLikeRouter(config)) return fail(answer)
    secrets.note(config)
    return config
  }

  const ask = () => send('config', { method: 'GET' })
  return {
    generation: 'v2',
    version: null,
    ask,
    parse,
    read: async () => parse(await ask()),
    async save(config: JsonObject) {
      secrets.note(config)
      const answer = await fateful(send('config', { method: 'POST', body: config }))
      if (!answer) return 'unknown'
      return isSuccess(answer) ? 'done' : fail(answer)
    },
    async restart() {
      const answer = await send('restart', { method: 'POST' })
      if (!isSuccess(answer)) fail(answer, 'restart')
    },
  } as const satisfies Door & { ask: unknown; parse: unknown }
}

/** Version 3: calls by name, with the token of its own page (5.3). */
async function callDoor(line: GatewayLine): Promise<Door> {
  const secrets = secretsOf(line)
  const path = '/api/ccr/rpc'
  const send = (method: string, args: readonly Json[]) => {
    const headers = line.secret === '' ? {} : { 'x-ccr-web-auth': line.secret }
    return exchange(line, path, { method: 'POST', body: { method, args } }, headers)
  }

  function valueOf(answer: SiteResponse): Json {
    const body = parseJson(answer.text)
    const isRouter = isObject(body) && typeof body['ok'] === 'boolean'
    // A page that has neither address is another program, whatever its status means to it.
    if (!isRouter && answer.status !== 403) {
      return raise({ class: 'changed-api', reason: 'gateway-unknown-program', path })
    }
    if (isRouter && body['ok'] === true && answer.status === 200) return body['value'] ?? null
    return refuse(answer, { path, generation: 'v3', secrets: secrets.all() })
  }

  function configOf(value: Json): JsonObject {
    if (!isObject(value)) {
      return raise({ class: 'changed-api', reason: 'gateway-unknown-program', path })
    }
    secrets.note(value)
    return value
  }

  const read = async () => configOf(valueOf(await send('getConfig', [])))
  // Whether the token is right has to be known before anything is planned.
  const info = valueOf(await send('getAppInfo', []))
  return {
    generation: 'v3',
    version: isObject(info) ? textOf(info, 'version') || null : null,
    read,
    async save(config) {
      secrets.note(config)
      const answer = await fateful(send('saveConfig', [config]))
      if (!answer) return 'unknown'
      valueOf(answer)
      return 'done'
    },
    async restart() {
      valueOf(await send('restartGateway', []))
    },
  }
}

function exchange(
  { transport, basePath }: GatewayLine,
  path: string,
  part: Part,
  headers: Readonly<Record<string, string>>,
): Promise<SiteResponse> {
  return transport({
    ...part,
    path: `${basePath}${path}`,
    headers,
    cookies: 'omit',
    budget: 'general',
  })
}

const bearer = (secret: string): Readonly<Record<string, string>> =>
  secret === '' ? {} : { Authorization: `Bearer ${secret}` }

/** `null` when the request may have arrived although no answer did. */
function fateful(sent: Promise<SiteResponse>): Promise<SiteResponse | null> {
  return sent.catch((thrown: unknown) => {
    if (isFailureError(thrown) && thrown.failure.class === 'network') return null
    throw thrown
  })
}

function isSuccess(answer: SiteResponse): boolean {
  const body = answer.status === 200 ? parseJson(answer.text) : undefined
  return isObject(body) && body['success'] === true
}

/** Some other program's JSON must never be taken for a configuration, and written back to. */
function looksLikeRouter(config: JsonObject): boolean {
  if ('Providers' in config) return isList(config['Providers'])
  return ['Router', 'PORT', 'HOST', 'APIKEY'].some((name) => name in config)
}

/** Everything secret that was read: a server's words may quote it. */
function secretsOf({ secret }: GatewayLine) {
  const seen = new Set<string>()
  return {
    note(config: JsonObject): void {
      seen.add(textOf(config, 'APIKEY'))
      for (const provider of providersOf(config)) seen.add(textOf(provider, 'api_key'))
    },
    all: (): [string, ...string[]] => [secret, ...seen],
  }
}
