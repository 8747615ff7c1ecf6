import type { KeyListRecord, KeySecretsRecord } from '@/src/domain/key-list'
import type { Change, Vault } from '@/src/storage/vault'

/** What is stored of an account's keys. */
export interface HeldKeys {
  readonly list?: KeyListRecord | undefined
  readonly secrets?: KeySecretsRecord | undefined
}

/**
 * Lists and secrets of keys, on disk and as a copy in memory. Only the parts of this worker that
 * remove whole accounts write to these stores beside it: what it holds of an account that is not in
 * the book any more means nothing.
 */
export interface KeyShelf {
  all(): Promise<ReadonlyMap<string, HeldKeys>>
  of(accountId: string): Promise<HeldKeys>
  /**
   * Reads, lets `change` decide, and writes list and secrets in one transaction with what `also`
   * adds (asked for at the last moment). Writes nothing for an account that is not stored any more;
   * `null` from `change` writes only `also`.
   */
  change(
    accountId: string,
    change: (held: HeldKeys) => HeldKeys | null,
    also?: () => readonly Change[],
  ): Promise<void>
}

export function createKeyShelf(vault: Vault, announce: () => void): KeyShelf {
  const held = new Map<string, HeldKeys>()
  let loading: Promise<void> | undefined

  async function load(): Promise<void> {
    const [lists, secrets] = await Promise.all([
      vault.loadAll('keyLists'),
      vault.loadAll('keySecrets'),
    ])
    for (const list of lists.records) held.set(list.id, { list })
    for (const one of secrets.records) held.set(one.id, { ...held.get(one.id), secrets: one })
  }

  const loaded = () =>
    (loading ??= load().catch((thrown: unknown) => {
      loading = undefined
      throw thrown
    }))

  return {
    async all() {
      await loaded()
      return held
    },
    async of(accountId) {
      await loaded()
      return held.get(accountId) ?? {}
    },
    async change(accountId, change, also = () => []) {
      await loaded()
      await vault.exclusive(async () => {
        const before = held.get(accountId) ?? {}
        // An account may have been removed while its site was asked.
        const isThere = (await vault.load('accounts', accountId)) !== undefined
        const after = isThere ? change(before) : null
        await vault.write([...changesOf(before, after ?? before), ...also()])
        if (after) held.set(accountId, after)
        else if (!isThere) held.delete(accountId)
      })
      announce()
    },
  }
}

function changesOf(before: HeldKeys, { list, secrets }: HeldKeys): Change[] {
  const changes: Change[] = []
  if (list && list !== before.list) changes.push({ store: 'keyLists', put: list })
  if (secrets && secrets !== before.secrets) changes.push({ store: 'keySecrets', put: secrets })
  return changes
}
