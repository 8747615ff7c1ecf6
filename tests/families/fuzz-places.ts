import type { Random } from './fuzz-random'

/** An answer as it goes over the wire. */
export interface RawAnswer {
  readonly status: number
  readonly statusText?: string
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** What comes instead of the healthy answer. */
export type Planted = RawAnswer | { readonly thrown: unknown }

interface Plot {
  readonly secret: string
  /** The healthy body. */
  readonly body: unknown
  readonly random: Random
}

type Place = (plot: Plot) => Planted

const JSON_TYPE = 'application/json'
const STATUSES = [200, 200, 400, 401, 402, 403, 404, 405, 409, 418, 423, 429, 500, 502, 503]
const PREFIXES = ['CODE_', 'AUTH_', 'SECURITY_PROOF_', 'VERIFICATION_', 'ACCESS_TOKEN_', 'REDEEM_']

const raw = (status: number, contentType: string, text: string, headers = {}): RawAnswer => ({
  status,
  contentType,
  headers,
  text,
})

const json = (status: number, body: unknown, headers = {}): RawAnswer =>
  raw(status, JSON_TYPE, JSON.stringify(body), headers)

/** A sentence about it, as careless sites write them. */
const words = ({ secret, random }: Plot): string =>
  random.pick([
    secret,
    `invalid token ${secret}`,
    `无权进行此操作，access token 无效 (${secret})`,
    `user "${secret}" not found`,
    `GET https://relay.example/api?key=${secret} failed`,
    `{"password":"${secret}"}`,
    `${'x '.repeat(random.int(120))}${secret} and more`,
  ])

const refusal = (plot: Plot, fields: Record<string, unknown>): RawAnswer => {
  const status = plot.random.pick(STATUSES)
  const success = plot.random.once(2) ? { success: false } : { code: status }
  return json(status, { ...success, message: 'no', ...fields })
}

type Spot = readonly [holder: Record<string, unknown> | unknown[], key: string | number]

/** Every place in a JSON value that holds another one. */
function spotsIn(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown> | unknown[]
  const keys = Array.isArray(holder) ? holder.map((_, at) => at) : Object.keys(holder)
  return keys.flatMap((key) => [
    [holder, key] as const,
    ...spotsIn((holder as Record<string | number, unknown>)[key]),
  ])
}

/** The healthy body with one change somewhere in it. */
function changed({ body, random }: Plot, change: (spot: Spot) => void): RawAnswer {
  const copy = structuredClone(body)
  const spots = spotsIn(copy)
  if (spots.length > 0) change(random.pick(spots))
  return json(200, copy)
}

function setAt([holder, key]: Spot, value: unknown): void {
  ;(holder as Record<string | number, unknown>)[key] = value
}

const html = (secret: string): string =>
  `<!doctype html><html><head><title>${secret}</title></head><body data-x="${secret}">${secret}`

/** Where a hostile or careless site could put a secret. */
export const PLACES: Readonly<Record<string, Place>> = {
  message: (plot) => refusal(plot, { message: words(plot) }),
  'error.message': (plot) =>
    json(plot.random.pick(STATUSES), { error: { message: words(plot), type: plot.secret } }),
  error: (plot) => refusal(plot, { error: plot.secret }),
  reason: (plot) => refusal(plot, { reason: plot.secret }),
  code: (plot) => refusal(plot, { code: plot.secret }),
  'code with a prefix': (plot) =>
    refusal(plot, { code: `${plot.random.pick(PREFIXES)}${plot.secret}` }),
  'reason with a prefix': (plot) =>
    refusal(plot, { reason: `${plot.random.pick(PREFIXES)}${plot.secret}` }),
  'code in capitals, signs dropped': (plot) =>
    refusal(plot, { code: `CODE_${plot.secret.toUpperCase().replace(/[^A-Z0-9]/g, '_')}` }),
  'message of another type': (plot) =>
    refusal(plot, { message: plot.random.pick([{ [plot.secret]: plot.secret }, [plot.secret]]) }),
  'nested error code': (plot) =>
    json(plot.random.pick(STATUSES), {
      error: { code: plot.secret, message: { text: plot.secret }, status: plot.secret },
    }),
  'a value': (plot) => changed(plot, (spot) => setAt(spot, plot.secret)),
  'a value of another type': (plot) =>
    changed(plot, (spot) =>
      setAt(spot, plot.random.pick([[plot.secret], { [plot.secret]: plot.secret }])),
    ),
  'a key of a map': (plot) => {
    const wrong = plot.random.pick([plot.secret, null, [], { ratio: [plot.secret] }, {}])
    const copy = structuredClone(plot.body)
    for (const [holder] of spotsIn(copy)) {
      if (!Array.isArray(holder)) holder[plot.secret] = wrong
    }
    return json(200, copy)
  },
  'the name of a field': (plot) =>
    changed(plot, ([holder, key]) => {
      if (Array.isArray(holder)) return
      holder[plot.secret] = holder[key]
      Reflect.deleteProperty(holder, key)
    }),
  'the whole data': (plot) => json(200, { success: true, code: 0, data: plot.secret }),
  page: ({ secret, random }) => raw(random.pick(STATUSES), 'text/html', html(secret)),
  'challenge page': ({ secret, random }) =>
    raw(
      random.pick([200, 403, 503]),
      'text/html',
      `${html(secret)}<script>_cf_chl_opt={}</script>`,
    ),
  'plain text': ({ secret, random }) => raw(random.pick(STATUSES), 'text/plain', secret),
  'content-type': ({ secret, random, body }) =>
    raw(
      random.pick(STATUSES),
      random.pick([`application/${secret}`, secret, `text/html; charset=${secret}`]),
      JSON.stringify(body),
    ),
  'retry-after': ({ secret }) => json(429, { message: 'slow down' }, { 'retry-after': secret }),
  location: ({ secret, random }) =>
    raw(random.pick([301, 302, 307, 308]), '', '', {
      location: `https://elsewhere.example/${secret}?token=${secret}#${secret}`,
    }),
  'other headers': ({ secret, random, body }) =>
    json(random.pick(STATUSES), random.once(2) ? body : {}, {
      'x-new-api-version': secret,
      'x-oneapi-request-id': secret,
      'set-cookie': `session=${secret}; Path=/`,
      'cf-mitigated': secret,
      [`x-${secret.replace(/[^a-z0-9]/gi, '')}`]: secret,
    }),
  'status text': ({ secret, random }) => ({
    ...raw(random.pick(STATUSES), '', ''),
    statusText: secret,
  }),
  'half an answer': ({ secret, random }) =>
    raw(random.pick(STATUSES), JSON_TYPE, `{"success":false,"message":"${secret}","da`),
  'a huge answer': (plot) =>
    json(plot.random.pick(STATUSES), {
      success: false,
      message: `${plot.secret} `.repeat(400) + words(plot),
      padding: 'x'.repeat(plot.random.pick([1_000, 30_000, 70_000])),
    }),
  thrown: ({ secret, random }) => ({
    thrown: random.pick<unknown>([
      new TypeError(`Failed to fetch https://relay.example/?token=${secret}`),
      new Error(secret, { cause: secret }),
      new DOMException(secret, 'NetworkError'),
      new SyntaxError(`Unexpected token in ${secret}`),
      secret,
      { message: secret, name: secret, failure: { class: 'refused', detail: secret } },
    ]),
  }),
}
