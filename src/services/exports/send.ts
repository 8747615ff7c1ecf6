import type { KeySource } from '@/src/domain/credential'
import type { GatewayKind, GatewayRecord, LedgerEntry } from '@/src/domain/export-record'
import { type ApiType, API_TYPES } from '@/src/domain/api-types'
import { type Failure, raise, type Result, settle } from '@/src/domain/failure'
import type { Transport } from '@/src/net/transport'
import { createTurns, type Turns } from '@/src/storage/turns'

import { createClaudeCodeRouter } from './claude-code-router/client'
import { createCliProxyApi } from './cli-proxy-api/client'
import type { GatewayClient, GatewayLine, GatewayResult, Placed, Wish } from './gateway-client'
import type { Gateways } from './gateways'
import type { Ledger } from './ledger'
import type { Material } from './material'

interface SenderPorts {
  readonly gateways: Pick<Gateways, 'get'>
  readonly material: Pick<Material, 'recordOf'>
  readonly ledger: Pick<Ledger, 'note'>
  readonly transportTo: (origin: string) => Transport
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
}

/** What came of one key. */
export interface SendOutcome {
  source: KeySource
  result?: GatewayResult
  providerName?: string
  failure?: Failure
}

interface SendOrder extends Omit<Wish, 'oldKey'> {
  readonly id: string
  readonly sources: readonly KeySource[]
  /** Restart the gateway afterwards, where changes need it. */
  readonly restart: boolean
}

/** Talks to gateways, to each with one piece of work at a time. */
export interface GatewaySender {
  /** @throws why the gateway cannot be used, without its key. */
  test(id: string): Promise<{ version: string | null; generation: string }>
  /** One key after the other. What concerns the gateway itself is not tried again with the next. */
  send(order: SendOrder): Promise<{ outcomes: SendOutcome[]; restarted?: boolean }>
  /**
   * After a rotation: lets `source` take the place `oldKey` has at the gateway of a ledger entry,
   * with the same options. A key that is not there any more is added, and a gateway that has to is
   * restarted.
   *
   * @returns `by-hand` when the entry is of no gateway.
   */
  replace(
    entry: Pick<LedgerEntry, 'gatewayId' | 'options'>,
    oldKey: string,
    source: KeySource,
  ): Promise<Result<'sent' | 'by-hand'>>
}

const CLIENTS: Readonly<Record<GatewayKind, (line: GatewayLine) => GatewayClient>> = {
  'cli-proxy-api': createCliProxyApi,
  'claude-code-router': createClaudeCodeRouter,
}

/** Failures of one key; all others are the gateway's, and five wrong tries would lock it. */
const OF_ONE_KEY: ReadonlySet<string | undefined> = new Set([
  'gateway-protocol-missing',
  'gateway-conflict',
  'gateway-bad-request',
])

export function createGatewaySender(ports: SenderPorts): GatewaySender {
  const lines = new Map<string, Turns>()

  /** Work at one gateway, alone. */
  async function at<T>(
    id: string,
    work: (client: GatewayClient, gateway: GatewayRecord) => Promise<T>,
  ): Promise<T> {
    const turns = lines.get(id) ?? createTurns()
    lines.set(id, turns)
    return turns.take(async () => {
      const gateway = await ports.gateways.get(id)
      return work(CLIENTS[gateway.kind](lineTo(ports, gateway)), gateway)
    })
  }

  async function placeOne(
    { client, gateway }: { client: GatewayClient; gateway: GatewayRecord },
    source: KeySource,
    wish: Wish,
  ): Promise<{ placed: Result<Placed>; stops: boolean }> {
    const record = await settle(() => ports.material.recordOf(source))
    if (!record.ok) return { placed: record, stops: false }
    const placed = await settle(() => client.place(record.value, wish))
    if (placed.ok) {
      const { id, kind } = gateway
      const place = { destination: kind, gatewayId: id, options: optionsOf(wish) }
      await ports.ledger.note([record.value], place)
      return { placed, stops: false }
    }
    const { failure } = placed
    return { placed, stops: failure.class !== 'input' && !OF_ONE_KEY.has(failure.reason) }
  }

  async function placeAll(
    place: { client: GatewayClient; gateway: GatewayRecord },
    { sources, ...order }: SendOrder,
  ): Promise<SendOutcome[]> {
    const outcomes: SendOutcome[] = []
    let stopped: Failure | undefined
    let setDefault = order.setDefault
    for (const source of sources) {
      if (stopped) {
        outcomes.push({ source, failure: stopped })
        continue
      }
      const { placed, stops } = await placeOne(place, source, { ...wishOf(order), setDefault })
      if (placed.ok) outcomes.push({ source, ...shown(placed.value) })
      else outcomes.push({ source, failure: placed.failure })
      if (!placed.ok && stops) stopped = placed.failure
      // One default: the first key's.
      if (placed.ok) setDefault = false
    }
    return outcomes
  }

  return {
    test: (id) => at(id, (client) => client.test()),
    send: (order) =>
      awake(ports, () =>
        at(order.id, async (client, gateway) => {
          const outcomes = await placeAll({ client, gateway }, order)
          const isDone = outcomes.some(({ failure }) => failure === undefined)
          if (!order.restart || !client.restart || !isDone) return { outcomes }
          const restarted = await settle(client.restart)
          return { outcomes, restarted: restarted.ok && restarted.value }
        }),
      ),
    replace: (entry, oldKey, source) =>
      settle(async () => {
        const { gatewayId } = entry
        if (gatewayId === undefined) return 'by-hand'
        const { placed } = await awake(ports, () =>
          at(gatewayId, async (client, gateway) => {
            const wish = { ...wishIn(entry), oldKey }
            const sent = await placeOne({ client, gateway }, source, wish)
            // The old key is about to go: one that still runs with it would break.
            if (sent.placed.ok && client.restart && !(await client.restart())) {
              raise({ class: 'server', reason: 'gateway-not-restarted' })
            }
            return sent
          }),
        )
        return placed.ok ? 'sent' : raise(placed.failure)
      }),
  }
}

function lineTo(ports: SenderPorts, { address, secret }: GatewayRecord): GatewayLine {
  const { origin, pathname } = new URL(address)
  return {
    transport: ports.transportTo(origin),
    basePath: pathname.replace(/\/+$/, ''),
    secret,
    now: ports.now,
    sleep: ports.sleep,
  }
}

async function awake<T>({ wake }: SenderPorts, work: () => Promise<T>): Promise<T> {
  await wake.hold()
  try {
    return await work()
  } finally {
    await wake.release()
  }
}

function wishOf(order: Omit<SendOrder, 'sources'>): Wish {
  const { apiType, models, replaceModels, setDefault } = order
  return { apiType, providerName: order.providerName, models, replaceModels, setDefault }
}

function shown({ result, providerName }: Placed): Pick<SendOutcome, 'result' | 'providerName'> {
  return { result, ...(providerName === '' ? {} : { providerName }) }
}

/** What is worth repeating after a rotation. */
function optionsOf({ apiType, providerName }: Wish): Record<string, string> {
  return { apiType, ...(providerName === '' ? {} : { providerName }) }
}

function wishIn({ options }: Pick<LedgerEntry, 'options'>): Wish {
  return {
    apiType:
      API_TYPES.find((type): type is ApiType => type === options['apiType']) ?? 'openai-compatible',
    providerName: options['providerName'] ?? '',
    models: [],
    replaceModels: false,
    setDefault: false,
  }
}
