import { type Failure, raise, settle } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import type { ChannelConfig, ChannelKind, ChannelRecord, Notice } from '@/src/domain/notice'
import type { Vault } from '@/src/storage/vault'

import { channelOrigin } from './channel-kinds'
import { sendThrough, type SendPorts } from './send'

/** The first rest after a failure; each further one in a row is twice as long. */
const FIRST_REST_MS = 5 * 60_000
const LONGEST_REST_MS = 6 * 3_600_000

/** A channel as pages see it: nothing secret in it. */
export interface ChannelView {
  readonly kind: ChannelKind
  readonly enabled: boolean
  readonly origin: string
  /** Whether the browser grants access to it. */
  readonly granted: boolean
  /** What came of the last notice. */
  readonly last?: ChannelRecord['last']
}

export interface ChannelPorts extends SendPorts {
  readonly vault: Pick<Vault, 'loadAll' | 'write' | 'exclusive'>
  readonly announce: () => void
}

/** The services notices are sent to, one of each kind. */
export interface Channels {
  list(): Promise<ChannelView[]>
  /**
   * Stores a channel; without `config` the stored one stays. What is known of an earlier
   * configuration is forgotten.
   *
   * @throws `input` naming the field, `not-found`/`channel`, and `access`/`no-permission` when it
   *   shall be on and the browser grants no access to where it sends to
   */
  save(channel: {
    readonly kind: ChannelKind
    readonly enabled: boolean
    readonly config?: ChannelConfig | undefined
  }): Promise<void>
  remove(kind: ChannelKind): Promise<void>
  /** Sends at once, resting or not. @throws as {@link sendThrough}, `not-found`/`channel` */
  test(kind: ChannelKind, notice: Notice): Promise<void>
  /** Those that are on. */
  enabled(): Promise<ChannelRecord[]>
  /** Whether it is left out now, because it failed. */
  isResting(channel: ChannelRecord): boolean
  /** Sends once and remembers what came of it, never throws; `null` = it was taken. */
  send(channel: ChannelRecord, notice: Notice): Promise<Failure | null>
}

export function createChannels(ports: ChannelPorts): Channels {
  const { vault, hasAccess, announce, now } = ports

  async function all(): Promise<Map<ChannelKind, ChannelRecord>> {
    const { records } = await vault.loadAll('channels')
    records.sort((a, b) => a.decidedAtMs - b.decidedAtMs)
    return new Map(records.map((record) => [record.config.kind, record]))
  }
  const get = async (kind: ChannelKind) =>
    (await all()).get(kind) ?? raise({ class: 'not-found', reason: 'channel' })

  /** Writes down how it went, unless the channel was changed or removed in the meantime. */
  async function note(sent: ChannelRecord, change: Pick<ChannelRecord, 'last' | 'rest'>) {
    await vault.exclusive(async () => {
      const current = (await all()).get(sent.config.kind)
      if (current?.decidedAtMs !== sent.decidedAtMs) return
      const { rest: _, ...kept } = current
      await vault.write([{ store: 'channels', put: { ...kept, ...change } }])
    })
    announce()
  }

  async function send(
    channel: ChannelRecord,
    notice: Notice,
    restAfter: (failure: Failure, atMs: number) => ChannelRecord['rest'],
  ): Promise<Failure | null> {
    const sent = await settle(() => sendThrough(ports, channel.config, notice))
    const atMs = now()
    const failure = sent.ok ? null : sent.failure
    const rest = failure ? restAfter(failure, atMs) : undefined
    const last = { atMs, ...(failure ? { failure } : {}) }
    // What cannot be written down has been sent all the same.
    await settle(() => note(channel, { last, ...(rest ? { rest } : {}) }))
    return failure
  }

  return {
    async list() {
      const views = [...(await all()).values()].map(async ({ config, enabled, origin, last }) => ({
        kind: config.kind,
        enabled,
        origin,
        granted: await hasAccess(origin),
        ...(last ? { last } : {}),
      }))
      return Promise.all(views)
    },
    async save({ kind, enabled, config: typed }) {
      if (typed && typed.kind !== kind)
        raise({ class: 'input', reason: 'malformed', field: 'kind' })
      await vault.exclusive(async () => {
        const known = (await all()).get(kind)
        const config = typed ?? known?.config ?? raise({ class: 'not-found', reason: 'channel' })
        const origin = channelOrigin(config)
        if (enabled && !(await hasAccess(origin))) {
          raise({ class: 'access', reason: 'no-permission' })
        }
        const put = {
          ...(typed ? {} : known),
          id: known?.id ?? newId('chan'),
          enabled,
          origin,
          config,
          decidedAtMs: now(),
        }
        await vault.write([{ store: 'channels', put }])
      })
      announce()
    },
    async remove(kind) {
      await vault.exclusive(async () => {
        const { records } = await vault.loadAll('channels')
        const gone = records.filter(({ config }) => config.kind === kind)
        await vault.write(gone.map(({ id }) => ({ store: 'channels', remove: id })))
      })
      announce()
    },
    async test(kind, notice) {
      const channel = await get(kind)
      const failure = await send(channel, notice, () => channel.rest)
      if (failure) raise(failure)
    },
    enabled: async () => [...(await all()).values()].filter(({ enabled }) => enabled),
    isResting: ({ rest }) => {
      const leftMs = (rest?.untilMs ?? 0) - now()
      // A longer one comes from a clock that was set back.
      return leftMs > 0 && leftMs <= LONGEST_REST_MS
    },
    send: (channel, notice) =>
      send(channel, notice, (failure, atMs) => restOf(channel, failure, atMs)),
  }
}

/** How long a channel is left out after a failure; where nothing left the browser, not at all. */
function restOf({ rest }: ChannelRecord, { class: kind }: Failure, atMs: number) {
  if (kind === 'access' || kind === 'input') return rest
  const failures = (rest?.failures ?? 0) + 1
  const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - 1))
  return { failures, untilMs: atMs + restMs }
}
