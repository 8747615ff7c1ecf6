import type { NewApiRelay } from '@/e2e/relays/new-api/relay'
import { createCliProxyApi } from '@/e2e/gateways/cli-proxy-api/server'
import type { KeyRef } from '@/src/domain/api-key'
import type { Rotation } from '@/src/domain/chore'
import { createCheckRunner } from '@/src/services/checks/run-checks'
import { createExports } from '@/src/services/exports/compose'
import { createRotations, type Rotations } from '@/src/services/rotation/rotations'

import { browserTransport, makeWish, serve } from '../../gateways/support'
import { aliceWith, type KeyWorld, keyWorld } from '../keys/key-world'
import type { Worker } from '../keys/key-worker'

/** A worker with everything a rotation needs, as it is composed in the product. */
export interface RotationWorker extends Worker {
  readonly rotations: Rotations
  readonly exports: ReturnType<typeof createExports>
}

export async function startRotating(
  world: KeyWorld,
  modelsOf?: () => Promise<string[]>,
): Promise<RotationWorker> {
  const worker = await world.start()
  const { ports, keys, living } = worker
  const sites = new Set(world.origins())
  const transportTo: typeof ports.transportTo = (origin) => {
    if (sites.has(origin)) return ports.transportTo(origin)
    const gateway = browserTransport(origin)
    return (request, options) =>
      living(() => gateway(request, options), `${request.method} gateway ${request.path}`)
  }
  const common = { ...ports, transportTo, announce: () => undefined }
  const exports = createExports({
    ...common,
    secretOf: keys.secretOf,
    hasAccess: () => Promise.resolve(true),
  })
  const checks = createCheckRunner({
    ...common,
    recordOf: (source, signal) => exports.material.recordOf(source, signal),
  })
  const rotations = createRotations({
    ...common,
    ...exports,
    keys,
    modelsOf:
      modelsOf ??
      (async (source) => {
        const { apiType } = await exports.material.recordOf(source)
        return (await checks.models(source, apiType)).models
      }),
  })
  return { ...worker, rotations, exports }
}

/** One key of a New API site, which a gateway on this computer has. */
export interface Scene {
  readonly world: KeyWorld
  readonly relay: NewApiRelay
  readonly worker: RotationWorker
  readonly old: KeyRef
  readonly exportId: string
  /** Keys the gateway has. */
  gatewayKeys(): string[]
}

export async function startScene(rest: object = {}): Promise<Scene> {
  const world = await keyWorld()
  const relay = await world.relay('site', {
    generation: 'g1b',
    rateLimits: 'off',
    users: [aliceWith(1, rest)],
  })
  const { gateway, origin } = await serve(createCliProxyApi())
  const worker = await startRotating(world)
  const accountId = await world.account(worker, 'site')
  const old = { accountId, keyId: '1' }
  await worker.keys.load()
  await worker.keys.idle()
  const { exports } = worker
  const kind = 'cli-proxy-api' as const
  const address = { kind, name: 'Home', address: origin, secret: 'management-secret' }
  const id = await exports.gateways.save(address)
  const sources = [{ kind: 'key', ...old }] as const
  await exports.sender.send({ id, sources, ...makeWish(), restart: false })
  const [entry] = await exports.ledger.list()
  return {
    world,
    relay,
    worker,
    old,
    exportId: entry?.id ?? '',
    gatewayKeys: () =>
      gateway.lists['openai-compatibility'].flatMap((provider) =>
        (provider['api-key-entries'] as { 'api-key': string }[]).map((one) => one['api-key']),
      ),
  }
}

/** Ids of the keys that are switched on at the relay, and of all. */
export function keysAt({ state }: NewApiRelay) {
  const all = [...state.tokens.values()]
  return {
    on: all.filter(({ status }) => status === 1).map(({ id }) => String(id)),
    all: all.map(({ id }) => String(id)),
  }
}

export async function only(rotations: Rotations): Promise<Rotation | undefined> {
  const list = await rotations.list()
  if (list.length > 1) throw new Error('more than one rotation')
  return list[0]
}
