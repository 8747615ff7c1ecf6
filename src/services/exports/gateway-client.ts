import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ExportRecord } from '@/src/domain/export-record'
import type { Transport } from '@/src/net/transport'

/** What a gateway did with one key. `conflict`: it is there, but others wrote at the same time. */
export type GatewayResult = 'created' | 'updated' | 'already-there' | 'conflict'

/** How one key shall stand in a gateway. */
export interface Wish {
  readonly apiType: ApiType
  /** Name of a new provider; `''` = the site's. One that is there keeps its own. */
  readonly providerName: string
  /** Models by the upstream's name; `alias` is what clients call it, `''` = the same. */
  readonly models: readonly { readonly name: string; readonly alias: string }[]
  /** Replace the models that stand there by these, when there are any. */
  readonly replaceModels: boolean
  /** Make the first model the default route, where the gateway has one. */
  readonly setDefault: boolean
  /** The key that shall give way to this one, after a rotation. */
  readonly oldKey?: string
}

export interface Placed {
  readonly result: GatewayResult
  /** `''` where entries have no name. */
  readonly providerName: string
}

/** One program that takes keys over HTTP. Everything it throws is a failure without secrets. */
export interface GatewayClient {
  /** Whether address and management key are right, by as few requests as that takes. */
  test(): Promise<{ readonly version: string | null; readonly generation: string }>
  /** Idempotent; whatever else stands in the gateway stays as it is. */
  place(record: ExportRecord, wish: Wish): Promise<Placed>
  /** Whether it is back after a restart; absent = changes act by themselves. */
  readonly restart?: () => Promise<boolean>
}

/** What a client of a gateway works with. */
export interface GatewayLine {
  /** Bound to the origin of the address. */
  readonly transport: Transport
  /** Path of the management interface, without a slash at its end. */
  readonly basePath: string
  /** `''` = none. */
  readonly secret: string
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
}
