import { jsonReply, type Reply } from '../../relays/kit/reply'
import {
  createGatewayServer,
  type GatewayDouble,
  type GatewayRequest,
  textReply,
} from '../gateway-server'
import type { Config } from './file-server'

/** Version 3 of Claude Code Router as `contracts/exports.md 5.3` has it. */
export interface RouterRpc extends GatewayDouble {
  config(): Config
  /** What another client saves. */
  write(config: Config): void
  restarts(): number
}

export function createRouterRpc(options: { token?: string; config?: Config } = {}): RouterRpc {
  const token = options.token ?? 'web-token'
  let stored = structuredClone(options.config ?? { Providers: [], Router: {} })
  let restarts = 0

  const methods: Readonly<Record<string, (args: unknown[]) => unknown>> = {
    getAppInfo: () => ({ name: 'claude-code-router', version: '3.0.21' }),
    getConfig: () => stored,
    saveConfig: ([config]) => {
      stored = withDefaults(config as Config)
      return stored
    },
    restartGateway: () => {
      restarts += 1
      return { state: 'running' }
    },
  }

  function answer(request: GatewayRequest): Reply {
    const refused = refusal(request, token)
    if (refused) return refused
    const { method, args } = request.body as { method: string; args: unknown[] }
    const run = methods[method]
    if (!run) return failure(404, `Unknown method ${method}`)
    return jsonReply({ ok: true, value: run(args) })
  }

  const server = createGatewayServer(answer, () => ({}))
  return {
    ...server,
    config: () => structuredClone(stored),
    write: (config) => {
      stored = config
    },
    restarts: () => restarts,
  }
}

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

function refusal({ method, path, headers }: GatewayRequest, token: string): Reply | null {
  if (!LOCAL_HOST.test(headers.host ?? '')) return textReply('Forbidden host', 403)
  if (path !== '/api/ccr/rpc') return jsonReply({ message: 'Not Found' }, 404)
  if (method !== 'POST') return failure(405, 'Method not allowed')
  if (headers['x-ccr-web-auth'] !== token) return failure(401, 'Unauthorized')
  const isJson = headers['content-type']?.startsWith('application/json') === true
  return isJson ? null : failure(415, 'Unsupported media type')
}

const failure = (status: number, message: string): Reply =>
  jsonReply({ ok: false, error: { message } }, status)

/** It gives every provider an id, and cuts endpoints off the base address. */
function withDefaults(config: Config): Config {
  const providers = (config['Providers'] ?? []) as Config[]
  const named = providers.map((provider, at) => ({
    id: `provider-${at}`,
    enabled: true,
    ...provider,
    api_base_url: String(provider['api_base_url']).replace(/\/chat\/completions$/, ''),
  }))
  return { ...config, Providers: named }
}
