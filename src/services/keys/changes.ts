import type { ApiKey, KeyEdit, KeyRef } from '@/src/domain/api-key'
import { failed, type Failure, ok, raise, type Result, settle } from '@/src/domain/failure'
import { editProblems } from '@/src/domain/key-draft'
import { complete } from '@/src/domain/metric'
import type { FullAdapter } from '@/src/sites/adapter'
import type { AccountSite } from '../as-account'

import { refuse } from './create'
import { featuresAt, type Families } from './families'
import { type Listing, readKeys } from './listing'
import { type ListedKeys, withKeys } from './merge'
import type { KeyPorts } from './ports'
import type { KeyShelf } from './shelf'

/** What came of a change to one key; no failure = it worked. */
export interface KeyOutcome {
  accountId: string
  keyId: string
  failure?: Failure
}

/** Changes to keys that exist. */
export interface KeyChanges {
  /** @throws `input` with the field at fault, or what the site said */
  update(ref: KeyRef, edit: KeyEdit): Promise<void>
  /** One after the other per origin, and each for itself: outcomes in the order of `refs`. */
  setEnabled(refs: readonly KeyRef[], enabled: boolean): Promise<KeyOutcome[]>
  remove(refs: readonly KeyRef[]): Promise<KeyOutcome[]>
}

/** One kind of change: how it is made at the site, and what a key looks like after it. */
interface Change {
  at(site: AccountSite<FullAdapter>, keyId: string): Promise<Result<null>>
  /** For when the site would not list again; `null` = it is gone. */
  after(key: ApiKey): ApiKey | null
}

/** After these, the other keys of the account would meet the same. */
const NO_USE_GOING_ON: ReadonlySet<Failure['class']> = new Set([
  'login',
  'identity',
  'challenge',
  'limit',
  'network',
  'access',
  'needs-tab',
  'cancelled',
])

const cannot = (reason: string): Promise<Result<never>> =>
  Promise.resolve(failed({ class: 'unsupported', reason }))

export function createKeyChanges(
  ports: KeyPorts,
  parts: { readonly shelf: KeyShelf; readonly families: Families; readonly listing: Listing },
): KeyChanges {
  const { shelf, families, listing } = parts

  /** Changes keys of one account in order, and brings its list up to date. */
  async function changeAt(
    accountId: string,
    keyIds: readonly string[],
    change: Change,
  ): Promise<ReadonlyMap<string, Result<null>>> {
    const outcomes = new Map<string, Result<null>>()
    const atSite = await ports.asAccount<ListedKeys | null>(accountId, async (site) => {
      families.note(accountId, site.generation)
      const stopped = await changeEach(site, keyIds, change, outcomes)
      if (stopped?.class === 'login') return failed(stopped)
      const list = await readKeys(site, { groups: false })
      return ok(list.ok ? list.value : null)
    })
    for (const keyId of keyIds) {
      if (!outcomes.has(keyId) && !atSite.ok) outcomes.set(keyId, atSite)
    }
    const done = keyIds.filter((keyId) => outcomes.get(keyId)?.ok)
    if (atSite.ok && atSite.value) await listing.store(accountId, atSite.value)
    else if (done.length > 0) await patch(accountId, new Set(done), change)
    return outcomes
  }

  async function patch(accountId: string, ids: ReadonlySet<string>, change: Change) {
    await shelf.change(accountId, (held) => {
      const keys = (held.list?.keys ?? []).flatMap((key) =>
        ids.has(key.id) ? (change.after(key) ?? []) : key,
      )
      return withKeys(accountId, held, keys)
    })
  }

  async function changeMany(refs: readonly KeyRef[], change: Change): Promise<KeyOutcome[]> {
    const accountIds = [...new Set(refs.map(({ accountId }) => accountId))]
    const changed = await Promise.all(
      accountIds.map(async (accountId) => {
        const own = refs.filter((ref) => ref.accountId === accountId)
        const keyIds = [...new Set(own.map(({ keyId }) => keyId))]
        const outcomes = await settle(async () => {
          const { origin } = await families.row(accountId)
          const work = () => changeAt(accountId, keyIds, change)
          return listing.inTurn(origin, () => ports.atNetwork(work))
        })
        return [accountId, outcomes] as const
      }),
    )
    const byAccount = new Map(changed)
    return refs.map(({ accountId, keyId }) => {
      const outcomes = byAccount.get(accountId)
      const result = outcomes?.ok ? outcomes.value.get(keyId) : outcomes
      return { accountId, keyId, ...(result && !result.ok ? { failure: result.failure } : {}) }
    })
  }

  return {
    async update(ref, edit) {
      const at: Change['at'] = ({ adapter, ctx, access, generation }, keyId) => {
        if (!adapter.keys) return cannot('no-key-changes')
        refuse(editProblems(edit, featuresAt(adapter, generation), ports.now()))
        return adapter.keys.update(ctx, access, keyId, edit, generation)
      }
      const [outcome] = await changeMany([ref], { at, after: (key) => edited(key, edit) })
      if (outcome?.failure) raise(outcome.failure)
    },
    setEnabled: (refs, enabled) =>
      changeMany(refs, {
        at: ({ adapter, ctx, access, generation }, keyId) =>
          adapter.keys?.setEnabled?.(ctx, access, keyId, enabled, generation) ??
          cannot('no-key-switch'),
        after: (key) => ({ ...key, status: enabled ? 'enabled' : 'disabled' }),
      }),
    remove: (refs) =>
      changeMany(refs, {
        at: ({ adapter, ctx, access, generation }, keyId) =>
          adapter.keys?.remove(ctx, access, keyId, generation) ?? cannot('no-key-changes'),
        after: () => null,
      }),
  }
}

/**
 * Makes the change for every key that has no outcome yet: work is run a second time when the login
 * had to be renewed, and what is done is not done again.
 *
 * @returns the failure that made the rest useless
 */
async function changeEach(
  site: AccountSite<FullAdapter>,
  keyIds: readonly string[],
  change: Change,
  outcomes: Map<string, Result<null>>,
): Promise<Failure | null> {
  for (const keyId of keyIds) {
    if (outcomes.has(keyId)) continue
    const settled = await settle(() => change.at(site, keyId))
    const result = settled.ok ? settled.value : settled
    if (!result.ok && result.failure.class === 'login') return result.failure
    outcomes.set(keyId, result)
    if (result.ok || !NO_USE_GOING_ON.has(result.failure.class)) continue
    for (const rest of keyIds) if (!outcomes.has(rest)) outcomes.set(rest, result)
    return result.failure
  }
  return null
}

/** A key after an edit, as far as that can be told without the site. */
function edited(key: ApiKey, { remaining, ...edit }: KeyEdit): ApiKey {
  const said = Object.entries(edit).filter(([, value]) => value !== undefined)
  return {
    ...key,
    ...(Object.fromEntries(said) as Partial<ApiKey>),
    ...(remaining === undefined
      ? {}
      : { remaining: remaining === null ? null : complete(remaining) }),
  }
}
