import type { ApiKey, KeyDraft, KeyFeatures, KeySecret } from '@/src/domain/api-key'
import { failed, type Failure, ok, raise, type Result, unwrap } from '@/src/domain/failure'
import { type DraftProblem, draftProblems } from '@/src/domain/key-draft'
import type { Creation } from '@/src/domain/key-list'
import type { FullAdapter } from '@/src/sites/adapter'
import type { Change } from '@/src/storage/vault'
import type { AccountSite } from '../as-account'

import { featuresAt, type Families } from './families'
import { type Listing, printsOf, readKeys } from './listing'
import { addSecrets, emptyList, isFull, type ListedKeys } from './merge'
import type { KeyPorts } from './ports'
import type { HeldKeys, KeyShelf } from './shelf'
import { unknownSecret } from './views'

/** `keyId` is `null` when the key was made but cannot be told from others. */
export interface Made {
  readonly keyId: string | null
  readonly secret: KeySecret
}

export interface KeyOrder {
  readonly accountId: string
  readonly draft: KeyDraft
  /** The same for every try of one creation, in whatever life of the worker. */
  readonly requestId: string
  /** Written together with the note that it is being sent; told the ids the account has. */
  readonly also?: (idsBefore: readonly string[]) => readonly Change[]
}

/** How many creations of an account are remembered on disk. */
const REMEMBERED = 20
/** How many answers are remembered in this life of the worker. */
const MOST_ANSWERS = 500

/** What came of a creation at the site. */
interface AtSite {
  readonly features: KeyFeatures
  readonly keyId: string | null
  /** The new key, where the site's answer told it. */
  readonly key?: ApiKey | undefined
  /** Whether it was made is not known. */
  readonly failure?: Failure | undefined
  readonly list: ListedKeys
}

interface Parts {
  readonly shelf: KeyShelf
  readonly families: Families
  readonly listing: Listing
}

/**
 * Makes keys, each once: the same `requestId` gives the same answer. A creation is written down
 * before it is sent; found again without an answer, the list is compared before anything else.
 *
 * @throws `input` with the field at fault, `interrupted`/`uncertain` when only a later list can tell,
 *   or what the site said
 */
export function createKeyMaker(ports: KeyPorts, parts: Parts): (order: KeyOrder) => Promise<Made> {
  const answers = new Map<string, Promise<Made>>()
  return (order) => {
    const name = JSON.stringify([order.accountId, order.requestId])
    const known = answers.get(name)
    if (known) return known
    const answer = make(ports, parts, order)
    answers.set(name, answer)
    // What was not made may be tried again.
    answer.catch(() => answers.delete(name))
    const [oldest] = answers.keys()
    if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}

async function make(ports: KeyPorts, parts: Parts, order: KeyOrder): Promise<Made> {
  const { shelf, families, listing } = parts
  const { accountId, requestId } = order
  const { origin } = await families.row(accountId)
  return listing.inTurn(origin, async () => {
    const atSite = await ports.asAccount(accountId, (site) => {
      families.note(accountId, site.generation)
      return makeAtSite(ports, shelf, site, order)
    })
    const { features, list, key, keyId, failure } = unwrap(atSite)
    const texts = new Map(key && isFull(key) ? [[key.id, key.key.text]] : [])
    const prints = await printsOf(texts.values())
    const atMs = ports.now()
    await listing.store(accountId, key ? withKey(list, key) : list, (held) => {
      const told = addSecrets(accountId, held, texts, prints, atMs)
      return failure ? told : withCreation(accountId, told, { requestId, atMs, keyId })
    })
    if (failure) raise(failure)
    const { secrets } = await shelf.of(accountId)
    const isKnown = keyId !== null && secrets?.secrets[keyId] !== undefined
    return { keyId, secret: isKnown ? 'known' : unknownSecret(features.secret) }
  })
}

async function makeAtSite(
  { now }: KeyPorts,
  shelf: KeyShelf,
  site: AccountSite<FullAdapter>,
  { accountId, draft, requestId, also }: KeyOrder,
): Promise<Result<AtSite>> {
  const { adapter, ctx, access, generation } = site
  const features = featuresAt(adapter, generation)
  if (!adapter.keys) return failed({ class: 'unsupported', reason: 'no-key-changes' })
  refuse(draftProblems(draft, features, now()))
  const before = await readKeys(site, { groups: draft.group !== '' })
  if (!before.ok) return before
  refuse(draftProblems(draft, features, now(), before.value.groups))

  const { list } = await shelf.of(accountId)
  const earlier = list?.creations?.find((creation) => creation.requestId === requestId)
  const found = earlier && answerOf(earlier, before.value.keys, draft.name)
  if (found !== undefined) return ok({ features, keyId: found, list: before.value })

  const knownIds = new Set(before.value.keys.map(({ id }) => id))
  const sent = { requestId, atMs: now(), idsBefore: [...knownIds] }
  await shelf.change(
    accountId,
    (held) => withCreation(accountId, held, sent),
    () => also?.(sent.idsBefore) ?? [],
  )
  const created = await adapter.keys.create(ctx, access, draft, { generation, knownIds, requestId })
  if (!created.ok && created.failure.class !== 'interrupted') {
    await shelf.change(accountId, (held) => withoutCreation(accountId, held, requestId))
    return created
  }
  const after = await readKeys(site, { groups: false })
  const key = created.ok && created.value.outcome === 'identified' ? created.value.key : undefined
  return ok({
    features,
    keyId: key?.id ?? null,
    key,
    failure: created.ok ? undefined : created.failure,
    // The list of before does not have the new key.
    list: after.ok ? after.value : { ...before.value, complete: false },
  })
}

/** @throws `input` with the first field at fault */
export function refuse([problem]: readonly DraftProblem[]): void {
  if (problem) raise({ class: 'input', reason: problem.reason, field: problem.field })
}

/** What the list tells of a creation; `undefined` = nothing came of it. */
function answerOf(
  { keyId, idsBefore = [] }: Creation,
  keys: readonly ApiKey[],
  name: string,
): string | null | undefined {
  if (keyId !== undefined) return keyId
  const fresh = keys.filter((key) => key.name === name && !idsBefore.includes(key.id))
  return fresh.length > 1 ? null : fresh[0]?.id
}

/** A server may list a key a moment after it made it. */
function withKey(list: ListedKeys, key: ApiKey): ListedKeys {
  return list.keys.some(({ id }) => id === key.id) ? list : { ...list, keys: [key, ...list.keys] }
}

function withoutCreation(accountId: string, held: HeldKeys, requestId: string): HeldKeys {
  const list = held.list ?? emptyList(accountId)
  const others = (list.creations ?? []).filter((creation) => creation.requestId !== requestId)
  return { ...held, list: { ...list, creations: others } }
}

function withCreation(accountId: string, held: HeldKeys, creation: Creation): HeldKeys {
  const { list = emptyList(accountId), ...rest } = withoutCreation(
    accountId,
    held,
    creation.requestId,
  )
  const creations = [...(list.creations ?? []), creation].slice(-REMEMBERED)
  return { ...rest, list: { ...list, creations } }
}
