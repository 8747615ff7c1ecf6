import { jsonReply, type Reply } from '../../relays/kit/reply'
import {
  createGatewayServer,
  type GatewayDouble,
  type GatewayRequest,
  textReply,
} from '../gateway-server'

export type Config = Record<string, unknown>

export interface RouterFileOptions {
  readonly config?: Config
  /** What `$NAME` and `${NAME}` in the file mean to the running server. */
  readonly environment?: Readonly<Record<string, string>>
  /** How many requests find nobody after a restart. */
  readonly downFor?: number
  /** Its address, for the rule about origins. */
  readonly port?: () => number
}

/** Versions 1 and 2 of Claude Code Router as `contracts/exports.md 5.1, 5.2` has them. */
export interface RouterFile extends GatewayDouble {
  /** What is in the file now, references to the environment as they stand. */
  file(): Config
  /** What another client saves. */
  write(config: Config): void
  /** Earlier files, the newest first; three are kept. */
  readonly backups: readonly Config[]
  restarts(): number
}

const MOST_BACKUPS = 3

export function createRouterFile(options: RouterFileOptions = {}): RouterFile {
  let stored = structuredClone(options.config ?? { PORT: 3456, Providers: [], Router: {} })
  /** Read at the start: changes act only after a restart. */
  let running = stored
  let restarts = 0
  let away = 0
  const backups: Config[] = []

  function overwrite(config: Config): void {
    backups.unshift(stored)
    backups.splice(MOST_BACKUPS)
    stored = config
  }

  function answer(request: GatewayRequest): Reply | null {
    if (away > 0) {
      away -= 1
      return null
    }
    const { path, method } = request
    if (path === '/health') return jsonReply({ status: 'ok' })
    if (path === '/' || path.startsWith('/ui')) return textReply('<!doctype html>')
    const refused = refusal(filled(running, options.environment ?? {}), request, options.port)
    if (refused) return refused
    if (path === '/api/config' && method === 'GET') {
      return jsonReply(filled(stored, options.environment ?? {}))
    }
    if (path === '/api/config' && method === 'POST') {
      // Whatever is sent becomes the file: nothing is looked at.
      overwrite(request.body as Config)
      return jsonReply({ success: true, message: 'Config saved successfully' })
    }
    if (path === '/api/restart' && method === 'POST') {
      restarts += 1
      running = stored
      away = options.downFor ?? 0
      return jsonReply({ success: true, message: 'Service restart initiated' })
    }
    return jsonReply({ message: `Route ${method}:${path} not found`, statusCode: 404 }, 404)
  }

  const server = createGatewayServer(answer, () => ({}))
  return {
    ...server,
    file: () => structuredClone(stored),
    write: overwrite,
    backups,
    restarts: () => restarts,
  }
}

/** `null` = let in. Without providers everything is open, whatever key is set. */
function refusal(config: Config, { headers }: GatewayRequest, port = () => 3456): Reply | null {
  const providers = config['Providers']
  if (!Array.isArray(providers) || providers.length === 0) return null
  const key = config['APIKEY']
  if (typeof key !== 'string' || key === '') {
    const { origin } = headers
    const own = [`http://127.0.0.1:${port()}`, `http://localhost:${port()}`]
    const isOwn = origin === undefined || own.includes(origin)
    return isOwn ? null : textReply('CORS not allowed for this origin', 403)
  }
  const other = headers['x-api-key']
  const given = headers.authorization ?? (typeof other === 'string' ? other : undefined)
  if (given === undefined) return textReply('APIKEY is missing', 401)
  return given.replace(/^Bearer /, '') === key ? null : textReply('Invalid API key', 401)
}

/** The configuration with all references to the environment filled in, as every reader gets it. */
function filled(value: Config, environment: Readonly<Record<string, string>>): Config {
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return part.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
        return environment[braced ?? bare ?? ''] ?? whole
      })
    }
    if (Array.isArray(part)) return part.map(fill)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, fill(one)]))
  }
  return fill(value) as Config
}
