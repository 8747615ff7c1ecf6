import { fingerprintOf } from '@/src/crypto/fingerprint'
import { failed, ok, type Result, settle } from '@/src/domain/failure'
import type { AccountSite } from '../as-account'
import type { Change } from '@/src/storage/vault'
import { createTurns, type Turns } from '@/src/storage/turns'
import type { FullAdapter } from '@/src/sites/adapter'

import type { Families } from './families'
import { isFull, type ListedKeys, mergeList, type Prints, withFailure } from './merge'
import type { KeyPorts } from './ports'
import type { HeldKeys, KeyShelf } from './shelf'

/** Lists at the sites, brought into the store. */
export interface Listing {
  /**
   * One after the other per origin: what changes keys and what lists them must never overtake each
   * other, or a list of before would take a key of after away.
   */
  inTurn<T>(origin: string, work: () => Promise<T>): Promise<T>
  /** Lists an account's keys with its groups, and stores the answer or why there is none. */
  listNow(accountId: string, signal?: AbortSignal): Promise<Result<HeldKeys>>
  /** Stores a list that was read on the way. */
  store(
    accountId: string,
    listed: ListedKeys,
    then?: (held: HeldKeys) => HeldKeys,
    also?: () => readonly Change[],
  ): Promise<void>
}

/** The keys of the account at work, and its groups where they are wanted and told. */
export async function readKeys(
  { adapter, ctx, access, generation }: AccountSite<FullAdapter>,
  wants: { readonly groups: boolean },
): Promise<Result<ListedKeys>> {
  const hasGroups = adapter.description.capabilities.includes('groups')
  const [listed, groups] = await Promise.all([
    adapter.listApiKeys(ctx, access, generation),
    wants.groups && hasGroups ? adapter.fetchGroups(ctx, access) : null,
  ])
  if (!listed.ok) return listed
  return ok({
    ...listed.value,
    // Keys are worth showing without the prices of their groups.
    groups: groups?.ok ? groups.value : undefined,
    atMs: ctx.now(),
  })
}

export async function printsOf(texts: Iterable<string>): Promise<Prints> {
  const pairs = [...texts].map(async (text) => [text, await fingerprintOf(text)] as const)
  return new Map(await Promise.all(pairs))
}

export function createListing(ports: KeyPorts, shelf: KeyShelf, families: Families): Listing {
  const turns = new Map<string, Turns>()

  function inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const own = turns.get(origin) ?? createTurns()
    turns.set(origin, own)
    return own.take(work)
  }

  async function store(
    accountId: string,
    listed: ListedKeys,
    then: (held: HeldKeys) => HeldKeys = (held) => held,
    also?: () => readonly Change[],
  ): Promise<void> {
    const prints = await printsOf(listed.keys.filter(isFull).map(({ key }) => key.text))
    const merged = (held: HeldKeys) => then(mergeList(accountId, held, listed, prints))
    await shelf.change(accountId, merged, also)
  }

  async function listNow(accountId: string, signal?: AbortSignal): Promise<Result<HeldKeys>> {
    return settle(async () => {
      const { origin } = await families.row(accountId)
      return inTurn(origin, () => ports.atNetwork(() => listAndStore(accountId, signal)))
    }).then((result) => (result.ok ? result.value : result))
  }

  async function listAndStore(accountId: string, signal?: AbortSignal): Promise<Result<HeldKeys>> {
    const listed = await ports.asAccount(
      accountId,
      (site) => {
        families.note(accountId, site.generation)
        return readKeys(site, { groups: true })
      },
      signal,
    )
    if (listed.ok) {
      await store(accountId, listed.value)
      return ok(await shelf.of(accountId))
    }
    const { failure } = listed
    const isOver = failure.class === 'cancelled'
    const noted = (held: HeldKeys) => withFailure(accountId, held, failure, ports.now())
    if (!isOver) await shelf.change(accountId, noted)
    return failed(failure)
  }

  return { inTurn, listNow, store }
}
