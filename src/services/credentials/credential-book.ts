import type { KeyRef } from '@/src/domain/api-key'
import type { ApiType } from '@/src/domain/chat-endpoints'
import type { CredentialDecided, CredentialRecord } from '@/src/domain/credential'
import { raise } from '@/src/domain/failure'
import type { Change, Vault } from '@/src/storage/vault'

import { decidedFrom, type Given, isSame, newRecord, withDecided } from './credential-record'

export interface Saved {
  readonly id: string
  /** One of the same type, address and key was there already and took this in. */
  readonly merged: boolean
}

/** All writes of credentials. */
export interface CredentialBook {
  /** @throws `not-found`/`credential` */
  get(id: string): Promise<CredentialRecord>
  /**
   * Adds a credential, or changes the one with `id`, whose key stays where the given one is `''`.
   *
   * @throws `input` of {@link decidedFrom}, `not-found`/`credential`
   */
  save(given: Given, id?: string): Promise<Saved>
  /** Saves the key of an account and links both. */
  fromKey(wanted: FromKey): Promise<Saved>
  /** Ends the link to an account's key. */
  unlink(id: string): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

export interface FromKey {
  readonly key: KeyRef
  /** `''` = as the key is called. */
  readonly name: string
  readonly apiType: ApiType
  readonly tagIds: readonly string[]
}

/** The whole key of an account, the address its clients use for that protocol, a name for both. */
export type SecretOf = (
  key: KeyRef,
  apiType: ApiType,
) => Promise<{ readonly key: string; readonly baseUrl: string; readonly name: string }>

export interface CredentialBookParts {
  readonly vault: Vault
  readonly secretOf: SecretOf
  readonly now: () => number
}

export function createCredentialBook(parts: CredentialBookParts): CredentialBook {
  const { vault, now } = parts
  const all = async () => (await vault.loadAll('credentials')).records

  async function get(id: string): Promise<CredentialRecord> {
    const record = await vault.load('credentials', id)
    return record ?? raise({ class: 'not-found', reason: 'credential' })
  }

  /** Puts in what is decided; a credential that became another's equal goes into that one. */
  async function put(decided: CredentialDecided, own?: CredentialRecord): Promise<Saved> {
    const known = await all()
    const twin = known.find(({ id, decided: theirs }) => id !== own?.id && isSame(theirs, decided))
    if (!twin) {
      const record = own ? withDecided(own, decided, now()) : newRecord(decided, now())
      await vault.write([
        { store: 'credentials', put: record },
        ...(own && !isSame(own.decided, decided) ? [stateOf(own.id)] : []),
      ])
      return { id: record.id, merged: false }
    }
    const createdAtMs = Math.min(twin.createdAtMs, own?.createdAtMs ?? twin.createdAtMs)
    const united = unite(twin.decided, decided)
    await vault.write([
      { store: 'credentials', put: { ...withDecided(twin, united, now()), createdAtMs } },
      ...(own ? removalOf(own.id) : []),
    ])
    return { id: twin.id, merged: true }
  }

  return {
    get,
    save: (given, id) =>
      vault.exclusive(async () => {
        const own = id === undefined ? undefined : await get(id)
        const decided = decidedFrom({ ...given, tagIds: await tagsOf(vault, given) }, own?.decided)
        const link = own?.decided.apiKey === decided.apiKey ? own.decided.link : undefined
        return put({ ...decided, ...(link ? { link } : {}) }, own)
      }),
    async fromKey({ key: link, name, apiType, tagIds }) {
      // May ask the site: nothing else is to wait for that.
      const secret = await parts.secretOf(link, apiType)
      return vault.exclusive(async () => {
        const given: Given = {
          name: name.trim() === '' ? secret.name : name,
          baseUrl: secret.baseUrl,
          apiKey: secret.key,
          apiType,
          tagIds: await tagsOf(vault, { tagIds: [...tagIds] }),
          notes: '',
          query: { mode: 'auto' },
        }
        return put({ ...decidedFrom(given), link })
      })
    },
    unlink: (id) =>
      vault.exclusive(async () => {
        const record = await get(id)
        const { link, ...decided } = record.decided
        if (!link) return
        await vault.write([{ store: 'credentials', put: withDecided(record, decided, now()) }])
      }),
    remove: (ids) => vault.exclusive(() => vault.write(ids.flatMap(removalOf))),
  }
}

/** The newer fields win, but what says nothing takes nothing away. */
function unite(old: CredentialDecided, given: CredentialDecided): CredentialDecided {
  return {
    ...old,
    ...given,
    tagIds: [...new Set([...old.tagIds, ...given.tagIds])],
    notes: given.notes || old.notes,
    query: given.query.mode === 'auto' ? old.query : given.query,
  }
}

/** Only tags that exist: a form may be older than the list. */
async function tagsOf(vault: Vault, { tagIds }: Pick<Given, 'tagIds'>): Promise<string[]> {
  if (tagIds.length === 0) return []
  const known = new Set((await vault.loadAll('tags')).records.map(({ id }) => id))
  return tagIds.filter((id) => known.has(id))
}

const stateOf = (id: string): Change => ({ store: 'credentialStates', remove: id })

function removalOf(id: string): Change[] {
  return [{ store: 'credentials', remove: id }, stateOf(id)]
}
