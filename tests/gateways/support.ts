import { onTestFinished } from 'vitest'

import type { ExportRecord } from '@/src/domain/export-record'
import { type Failure, failureOf } from '@/src/domain/failure'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { GatewayLine, Wish } from '@/src/services/exports/gateway-client'

import type { GatewayDouble } from '../../e2e/gateways/gateway-server'
import { startSite } from '../../e2e/relays/farm'

/** A gateway on a port of its own, for the running test. */
export async function serve<Double extends GatewayDouble>(double: Double) {
  const { origin, close } = await startSite(double)
  onTestFinished(close)
  return { gateway: double, origin }
}

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'

/** A transport as the worker's: the browser names the extension on whatever may change something. */
export function browserTransport(origin: string) {
  return createHttpTransport({
    origin,
    budgets: createBudgets({ now: () => Date.now() }),
    now: () => Date.now(),
    fetch: (input, init) => {
      const headers = new Headers(init?.headers)
      if (init?.method !== 'GET') headers.set('Origin', EXTENSION)
      return fetch(input, { ...init, headers })
    },
  })
}

export function lineTo(origin: string, basePath: string, secret: string): GatewayLine {
  return {
    transport: browserTransport(origin),
    basePath,
    secret,
    now: () => Date.now(),
    sleep: () => Promise.resolve(),
  }
}

export function makeRecord(record: Partial<ExportRecord> = {}): ExportRecord {
  return {
    source: { kind: 'key', accountId: `acc_${'a'.repeat(32)}`, keyId: '7' },
    stableId: '0123456789abcdef',
    siteName: 'Example Relay',
    keyName: 'default',
    baseUrl: 'https://relay.example.com',
    endpoints: { chat: '', responses: '', anthropic: '', google: '' },
    apiType: 'openai-compatible',
    key: 'sk-EXAMPLE',
    fingerprint: 'fedcba9876543210',
    modelHint: [],
    notes: '',
    ...record,
  }
}

export function makeWish(wish: Partial<Wish> = {}): Wish {
  return {
    apiType: 'openai-compatible',
    providerName: '',
    models: [{ name: 'gpt-5.2', alias: '' }],
    replaceModels: false,
    setDefault: false,
    ...wish,
  }
}

export const failureFrom = (work: Promise<unknown>): Promise<Failure | null> =>
  work.then(
    () => null,
    (thrown: unknown) => failureOf(thrown),
  )
