import type { RelayOptions, SeedCode } from '@/e2e/relays/new-api/relay'
import { type Failure, failureOf } from '@/src/domain/failure'
import type { RedeemBatchView } from '@/src/domain/redemption'
import type { AsAccount } from '@/src/services/as-account'
import { createJournal } from '@/src/services/automation/journal'
import type { DailyAdapter } from '@/src/sites/adapter'
import { withDaily } from '@/src/sites/daily-registry'
import { allAdapters } from '@/src/sites/registry'
import { createRedeemer, type Redeemer } from '@/src/services/redeem/redeemer'
import type { RedeemPorts } from '@/src/services/redeem/ports'

import { type KeyWorld, keyWorld, PAT } from '../keys/key-world'
import type { Worker } from '../keys/key-worker'

/** A browser in which codes are redeemed, with a note of everything that left it. */
export interface RedeemWorld {
  readonly keys: KeyWorld
  readonly clock: KeyWorld['clock']
  /** `origin code` of every call that redeems, as it was begun. */
  readonly sent: string[]
  readonly refreshed: string[]
  /** Told of each such call before it leaves; may change what the site does with it. */
  onSend: (code: string) => void
  /**
   * Not `null`: it is sent twice and the second answer told, as browsers do when the first one never
   * comes. Called in between.
   */
  again: (() => void) | null
  start(): Promise<RedeemWorker>
}

/** A worker that redeems. */
export interface RedeemWorker {
  readonly redeemer: Redeemer
  readonly worker: Worker
  readonly ports: RedeemPorts
  /** The batch's codes as pages show them. */
  codesOf(batchId: string): Promise<RedeemBatchView['codes']>
  statesOf(batchId: string): Promise<string[]>
  batch(batchId: string): Promise<RedeemBatchView>
  /** Redeems to the end, or to where a site says that it has to wait. */
  run(codes: readonly string[], accountIds: readonly string[]): Promise<string>
}

export async function redeemWorld(): Promise<RedeemWorld> {
  const keys = await keyWorld()
  const world: RedeemWorld = {
    keys,
    clock: keys.clock,
    sent: [],
    refreshed: [],
    onSend: () => undefined,
    again: null,
    start: async () => redeemerOf(world, await keys.start()),
  }
  return world
}

function redeemerOf(world: RedeemWorld, worker: Worker): RedeemWorker {
  const { vault, book, forgive, life } = worker
  const { now } = worker.ports
  const ports: RedeemPorts = {
    vault,
    book,
    descriptions: allAdapters.map(({ description }) => description),
    asAccount: watched(world, worker),
    journal: createJournal({ vault, announce: () => undefined, now }),
    forgive,
    refresh: (ids) => {
      if (life.isAlive) world.refreshed.push(...ids)
      return Promise.resolve()
    },
    announce: () => undefined,
    wake: { hold: () => Promise.resolve(), release: () => Promise.resolve() },
    replan: () => undefined,
    now,
  }
  const redeemer = createRedeemer(ports)
  const batch = async (batchId: string) => {
    const found = (await redeemer.list()).find(({ id }) => id === batchId)
    if (!found) throw new Error('no such batch')
    return found
  }
  return {
    redeemer,
    worker,
    ports,
    batch,
    codesOf: async (batchId) => (await batch(batchId)).codes,
    statesOf: async (batchId) => (await batch(batchId)).codes.map(({ state }) => state),
    async run(codes, accountIds) {
      const batchId = await redeemer.start(codes, accountIds)
      await redeemer.idle()
      return batchId
    },
  }
}

/** Work at a site whose redeeming calls are noted when they are begun. */
function watched(world: RedeemWorld, { ports }: Worker): AsAccount<DailyAdapter> {
  return (accountId, work, signal) =>
    ports.asAccount(
      accountId,
      (site) => {
        const { transport } = site.ctx
        const noting: typeof transport = async (request, options) => {
          const code = codeIn(request.body)
          if (code === null) return transport(request, options)
          const line = `${site.ctx.origin} ${code}`
          world.sent.push(line)
          world.onSend(code)
          try {
            if (world.again) {
              await transport(request, options)
              world.again()
            }
            return await transport(request, options)
          } catch (thrown) {
            // A site that rests is sent nothing.
            if (failureOf(thrown).reason === 'resting')
              world.sent.splice(world.sent.indexOf(line), 1)
            throw thrown
          }
        }
        const ctx = { ...site.ctx, transport: noting }
        return work({ ...site, ctx, adapter: withDaily(site.adapter) })
      },
      signal,
    )
}

function codeIn(body: unknown): string | null {
  const { key, code } = (body ?? {}) as { key?: string; code?: string }
  return key ?? code ?? null
}

/** 32 hex digits that tell what they are for in a test. */
export function codeNamed(name: string, at = 0): string {
  const hex = Buffer.from(name).toString('hex')
  return `${hex}${String(at).padStart(4, '0')}`.padEnd(32, '0').slice(0, 32)
}

export const codesNamed = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => codeNamed(name, at))

export const CREDIT = 500_000

export const unused = (codes: readonly string[]): SeedCode[] =>
  codes.map((code) => ({ code, quota: CREDIT }))

/** A New API site that says why a code is not taken. */
export function siteWith(codes: SeedCode[], rest: Partial<RelayOptions> = {}): RelayOptions {
  return {
    generation: 'g1b',
    redeemTexts: 'older',
    rateLimits: 'off',
    codes,
    users: [{ id: 7, username: 'alice', password: 'pass', quota: 1_000_000, accessToken: PAT }],
    ...rest,
  }
}

/** Begins a worker's life with an account at each of these sites. */
export async function startWith(
  world: RedeemWorld,
  ...hosts: string[]
): Promise<RedeemWorker & { readonly accounts: string[] }> {
  const started = await world.start()
  const accounts: string[] = []
  for (const host of hosts) accounts.push(await world.keys.account(started.worker, host))
  return { ...started, accounts }
}

export const classesOf = (codes: readonly { failure?: Failure | undefined }[]) =>
  codes.map(({ failure }) => failure?.class)
