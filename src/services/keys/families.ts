import type { KeyFeatures } from '@/src/domain/api-key'
import { raise } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Generation, SiteType } from '@/src/domain/site-type'
import type { FullAdapter } from '@/src/sites/adapter'

import type { KeyPorts } from './ports'

/** What is offered where nothing is known of a server yet, or its keys can be listed at most. */
const NO_FEATURES: KeyFeatures = {
  create: [],
  edit: [],
  nameBytes: 0,
  groups: 'none',
  ipForm: 'none',
  expiryInDays: false,
  canDisable: false,
  canRemove: false,
  secret: 'listed',
}

/** Which servers the accounts are at, and what those do with keys. */
export interface Families {
  /** Accounts that are enabled and whose family has keys, in the order of the book. */
  rows(): Promise<GlanceRow[]>
  /** @throws `not-found`/`account` */
  row(accountId: string): Promise<GlanceRow>
  adapterFor(type: SiteType): FullAdapter
  /** What these servers can do, as far as they were ever asked. */
  featuresOf(rows: readonly GlanceRow[]): Promise<ReadonlyMap<string, KeyFeatures>>
  /** @throws `not-found`/`account` */
  features(accountId: string): Promise<KeyFeatures>
  /** A server showed its generation. */
  note(accountId: string, generation: Generation): void
}

export function featuresAt(adapter: FullAdapter, generation: Generation | undefined): KeyFeatures {
  return (generation && adapter.keys?.features(generation)) ?? NO_FEATURES
}

export function createFamilies({ book, adapterFor }: KeyPorts): Families {
  /** Opening hundreds of snapshots for every look at a list would make it slow. */
  const generations = new Map<string, Generation>()
  let reading: Promise<void> | undefined

  async function readAll(): Promise<void> {
    for (const { account, snapshot } of await book.pages()) {
      if (snapshot.generation) generations.set(account.id, snapshot.generation.value)
    }
  }

  async function readOne({ id }: GlanceRow): Promise<void> {
    const { snapshot } = await book.page(id)
    if (snapshot.generation) generations.set(id, snapshot.generation.value)
  }

  async function row(accountId: string): Promise<GlanceRow> {
    const { rows } = await book.glance()
    const found = rows.find(({ id }) => id === accountId)
    return found ?? raise({ class: 'not-found', reason: 'account' })
  }

  const featuresOf = ({ id, siteType }: GlanceRow) =>
    featuresAt(adapterFor(siteType), generations.get(id))

  async function learn(rows: readonly GlanceRow[]): Promise<void> {
    await (reading ??= readAll().catch(() => {
      reading = undefined
    }))
    const unknown = rows.filter(({ id }) => !generations.has(id))
    await Promise.allSettled(unknown.map(readOne))
  }

  return {
    adapterFor,
    row,
    async rows() {
      const { rows } = await book.glance()
      const hasKeys = ({ siteType }: GlanceRow) =>
        adapterFor(siteType).description.capabilities.includes('api-keys')
      return rows.filter((one) => !one.disabled && hasKeys(one))
    },
    async featuresOf(rows) {
      await learn(rows)
      return new Map(rows.map((one) => [one.id, featuresOf(one)]))
    },
    async features(accountId) {
      const one = await row(accountId)
      await learn([one])
      return featuresOf(one)
    },
    note(accountId, generation) {
      generations.set(accountId, generation)
    },
  }
}
