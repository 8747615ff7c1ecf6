import type { KeyDraft, KeyRef, KeyRow } from '@/src/domain/api-key'
import { type Failure, settle } from '@/src/domain/failure'
import type { KeyListView } from '@/src/domain/key-list'

import { createKeyChanges, type KeyChanges } from './changes'
import { createKeyMaker, type KeyOrder, type Made } from './create'
import { ensureDefaultKey, type Ensured } from './default-key'
import { createFamilies, type Families } from './families'
import { createListing, type Listing } from './listing'
import { createLoad } from './load'
import { type KeyOptions, keyOptions } from './options'
import type { KeyPorts } from './ports'
import { createReveals, type Reveals } from './reveals'
import type { SecondFactor } from './second-factor'
import { createKeyShelf, type KeyShelf } from './shelf'
import { rowOf, viewOf } from './views'

/** Shortest piece of a key that is looked for. */
const SHORTEST_SEARCH = 4

export interface CreateOutcome {
  accountId: string
  created?: Made
  failure?: Failure
}

/** The keys of all accounts. */
export interface KeyBook extends KeyChanges, Pick<Reveals, 'secretOf'> {
  /** Everything that is known, from memory. */
  lists(): Promise<{ lists: KeyListView[]; loading: { done: number; total: number } | null }>
  /** Lists these accounts, or all, anew in the background. */
  load(accountIds?: readonly string[]): Promise<void>
  /** Resolves when nothing is loading any more. */
  idle(): Promise<void>
  /** One key as far as it is known. */
  row(ref: KeyRef): Promise<KeyRow | undefined>
  options(accountId: string): Promise<KeyOptions>
  create(order: KeyOrder): Promise<Made>
  /** The same key for several accounts, one after the other. */
  createMany(
    accountIds: readonly string[],
    draft: KeyDraft,
    requestId: string,
  ): Promise<CreateOutcome[]>
  /** Keys whose known full text contains `text` (4 characters or more). */
  find(text: string): Promise<KeyRef[]>
  ensureDefault(accountId: string, requestId: string): Promise<Ensured>
  /** For the repair job. */
  readonly inside: KeyParts
}

export interface KeyParts {
  readonly shelf: KeyShelf
  readonly families: Families
  readonly listing: Listing
  readonly reveals: Reveals
}

export function createKeyBook(
  ports: KeyPorts,
  {
    secondFactor,
    announce,
  }: { readonly secondFactor: SecondFactor; readonly announce: () => void },
): KeyBook {
  const shelf = createKeyShelf(ports.vault, announce)
  const families = createFamilies(ports)
  const listing = createListing(ports, shelf, families)
  const reveals = createReveals(ports, { shelf, families, listing, secondFactor })
  const load = createLoad(ports, families, listing, announce)
  const make = createKeyMaker(ports, { shelf, families, listing })
  const inside = { shelf, families, listing, reveals }

  return {
    ...createKeyChanges(ports, inside),
    secretOf: (ref, signal) => reveals.secretOf(ref, signal),
    inside,
    async lists() {
      const rows = await families.rows()
      const [held, features] = await Promise.all([shelf.all(), families.featuresOf(rows)])
      const lists = rows.flatMap((row) => {
        const own = features.get(row.id)
        return own ? [viewOf(row, held.get(row.id) ?? {}, own, load.isLoading(row.id))] : []
      })
      return { lists, loading: load.progress() }
    },
    load: (accountIds) => load.start(accountIds),
    idle: () => load.idle(),
    async row({ accountId, keyId }) {
      const features = await families.features(accountId)
      const held = await shelf.of(accountId)
      const key = held.list?.keys.find(({ id }) => id === keyId)
      return key && rowOf(accountId, key, held, features)
    },
    options: (accountId) => keyOptions(ports, families, accountId),
    create: make,
    async createMany(accountIds, draft, requestId) {
      const outcomes: CreateOutcome[] = []
      for (const accountId of new Set(accountIds)) {
        const own = `${requestId}-${accountId.replace(/^acc_/, '')}`
        const made = await settle(() => make({ accountId, draft, requestId: own }))
        outcomes.push(
          made.ok ? { accountId, created: made.value } : { accountId, failure: made.failure },
        )
      }
      return outcomes
    },
    async find(text) {
      const wanted = text.trim()
      if (wanted.length < SHORTEST_SEARCH) return []
      const [rows, held] = await Promise.all([families.rows(), shelf.all()])
      return rows.flatMap(({ id }) => {
        const secrets = Object.entries(held.get(id)?.secrets?.secrets ?? {})
        const hits = secrets.filter(([, secret]) => secret.text.includes(wanted))
        return hits.map(([keyId]) => ({ accountId: id, keyId }))
      })
    },
    ensureDefault: (accountId, requestId) =>
      ensureDefaultKey(ports, { families, listing, make }, { accountId, requestId }),
  }
}
