import type { ApiKey, Group } from '@/src/domain/api-key'
import type { Failure } from '@/src/domain/failure'
import type { KeyListRecord, KeySecretsRecord } from '@/src/domain/key-list'
import { displayMask, fitsMask } from '@/src/domain/key-text'
import { isWholeKey } from '@/src/domain/whole-key'

import type { HeldKeys } from './shelf'

/** What a site said about all keys of an account. */
export interface ListedKeys {
  readonly keys: readonly ApiKey[]
  readonly complete: boolean
  /** Absent = not asked. */
  readonly groups?: readonly Group[] | undefined
  readonly atMs: number
}

/** Full texts and their fingerprints. */
export type Prints = ReadonlyMap<string, string>

type Secret = KeySecretsRecord['secrets'][string]

/**
 * A new list on top of what was known. A secret stays as long as its key is there and the text shown
 * for it may be its own. What an incomplete list leaves out stays as it was.
 */
export function mergeList(
  accountId: string,
  { list, secrets }: HeldKeys,
  listed: ListedKeys,
  prints: Prints,
): HeldKeys {
  const known = secrets?.secrets ?? {}
  const unseen = listed.complete ? [] : keysWithout(list, listed.keys)
  const kept: Record<string, Secret> = {}
  for (const key of listed.keys) {
    const secret = secretAfter(key, known[key.id], prints, listed.atMs)
    if (secret) kept[key.id] = secret
  }
  for (const { id } of unseen) if (known[id]) kept[id] = known[id]
  const { failure: _, failedAtMs: __, ...rest } = list ?? { id: accountId }
  return {
    list: {
      ...rest,
      atMs: listed.atMs,
      complete: listed.complete,
      keys: [...listed.keys.map((key) => withoutSecret(key, kept[key.id])), ...unseen],
      ...(listed.groups ? { groups: [...listed.groups] } : {}),
    },
    secrets: { id: accountId, secrets: kept },
  }
}

function keysWithout(list: KeyListRecord | undefined, others: readonly ApiKey[]): ApiKey[] {
  const ids = new Set(others.map(({ id }) => id))
  return (list?.keys ?? []).filter(({ id }) => !ids.has(id))
}

/** Whether the text of a key is one that clients can send; a masked one that calls itself full is not. */
export function isFull({ key }: ApiKey): boolean {
  return key.kind === 'full' && isWholeKey(key.text)
}

function secretAfter(
  key: ApiKey,
  known: Secret | undefined,
  prints: Prints,
  atMs: number,
): Secret | undefined {
  const { text } = key.key
  if (isFull(key)) {
    return known?.text === text ? known : newSecret(text, displayMask(text), prints, atMs)
  }
  if (!known || (text !== known.shown && !fitsMask(text, known.text))) return undefined
  return text === known.shown || text === known.text ? known : { ...known, shown: text }
}

function newSecret(text: string, shown: string, prints: Prints, atMs: number): Secret {
  return { text, shown, fingerprint: prints.get(text) ?? '', atMs }
}

/**
 * A key as lists keep it: a full text is replaced by its display form, also where the site calls it
 * masked but it is the very text that is kept as the secret.
 */
function withoutSecret(key: ApiKey, secret: Secret | undefined): ApiKey {
  const { text } = key.key
  const isSecret = isFull(key) || text === secret?.text
  return { ...key, key: { kind: 'masked', text: isSecret ? displayMask(text) : text } }
}

/** Full texts that came from elsewhere than a list, by key id; only of keys the list has. */
export function addSecrets(
  accountId: string,
  held: HeldKeys,
  texts: ReadonlyMap<string, string>,
  prints: Prints,
  atMs: number,
): HeldKeys {
  const secrets = { ...held.secrets?.secrets }
  for (const { id, key } of held.list?.keys ?? []) {
    const text = texts.get(id)
    if (text !== undefined) secrets[id] = newSecret(text, key.text, prints, atMs)
  }
  return { ...held, secrets: { id: accountId, secrets } }
}

/** The same list with other keys; secrets of keys that are gone go with them. */
export function withKeys(accountId: string, held: HeldKeys, keys: readonly ApiKey[]): HeldKeys {
  const list = held.list ?? emptyList(accountId)
  const known = Object.entries(held.secrets?.secrets ?? {})
  const secrets = Object.fromEntries(known.filter(([id]) => keys.some((key) => key.id === id)))
  return {
    list: { ...list, keys: keys.map((key) => withoutSecret(key, secrets[key.id])) },
    secrets: { id: accountId, secrets },
  }
}

/** What is known stays; why nothing newer is, is added. */
export function withFailure(
  accountId: string,
  held: HeldKeys,
  { trace: _, ...failure }: Failure,
  atMs: number,
): HeldKeys {
  const list = held.list ?? emptyList(accountId)
  return { ...held, list: { ...list, failure, failedAtMs: atMs } }
}

export function emptyList(id: string): KeyListRecord {
  return { id, atMs: 0, complete: false, keys: [] }
}
