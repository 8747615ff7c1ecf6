import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createModelGateway, type GatewayOptions } from '@/e2e/relays/models/gateway'
import type { ApiType } from '@/src/domain/chat-endpoints'
import type { Probe, ProbeResult } from '@/src/domain/check-run'
import type { ExportRecord } from '@/src/domain/export-record'
import { newId } from '@/src/domain/ids'
import { createBudgets, type OriginBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Transport } from '@/src/net/transport'
import { type BearerBases, listModels } from '@/src/services/checks/models'
import { probeModel, probeModels, type ProbePorts } from '@/src/services/checks/probe'

export const KEY = 'sk-A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v2W3x4'

export const MODELS = ['gpt-5.2', 'gpt-4o', 'claude-sonnet-4-5', 'claude-3-haiku', 'gemini-2.5-pro']

/** Transports over real loopback sockets, one per origin; remembers where they went. */
export function startNetwork(hasAccess?: () => Promise<boolean>) {
  const budgets: OriginBudgets = createBudgets({ now: () => Date.now() })
  const origins: string[] = []
  const transportTo = (origin: string): Transport => {
    origins.push(origin)
    return createHttpTransport({
      origin,
      budgets,
      now: () => Date.now(),
      ...(hasAccess ? { hasAccess } : {}),
    })
  }
  return { budgets, origins, transportTo }
}

export function makeRecord(record: Partial<ExportRecord>): ExportRecord {
  return {
    source: { kind: 'credential', credentialId: newId('cred') },
    stableId: 'one',
    siteName: 'Example Relay',
    keyName: 'laptop',
    baseUrl: 'https://relay.example',
    endpoints: { chat: '', responses: '', anthropic: '', google: '' },
    apiType: 'openai-compatible',
    key: KEY,
    fingerprint: 'f',
    modelHint: [],
    notes: '',
    ...record,
  }
}

/** A gateway and what is needed to probe it. */
export async function startGateway(options: Partial<GatewayOptions> = {}) {
  const gateway = createModelGateway({ keys: [KEY], models: MODELS, ...options })
  const { origin, close } = await startSite(gateway)
  onTestFinished(close)
  const network = startNetwork()
  const bearerBases: BearerBases = new Set()
  const record = makeRecord({ baseUrl: origin })
  return {
    gateway,
    desk: gateway.desk,
    origin,
    network,
    record,
    probe: async (
      probe: Probe,
      apiType: ApiType,
      { model, record: other, signal }: ProbeOptions = {},
    ): Promise<ProbeResult> => {
      const list = {
        transportTo: network.transportTo,
        bearerBases,
        ...(signal ? { signal } : {}),
      }
      const ports: ProbePorts = {
        ...list,
        now: () => Date.now(),
        listOf: (...of) => listModels(list, ...of),
      }
      const subject = {
        record: { ...record, ...other },
        apiType,
        ...(model === undefined ? {} : { model }),
      }
      if (probe === 'models') return probeModels(ports, subject)
      return (await probeModel(ports, probe, subject)).result
    },
  }
}

interface ProbeOptions {
  model?: string
  record?: Partial<ExportRecord>
  signal?: AbortSignal
}
