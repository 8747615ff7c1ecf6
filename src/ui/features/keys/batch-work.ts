import type { ApiType } from '@/src/domain/chat-endpoints'
import type { Failure, Result } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'

import type { CopySecret } from '../../components/copy-secret'
import { entryId, type KeyEntry } from './key-entries'
import type { BatchFailure, BatchWork } from './use-batch'

/** Few enough that progress is seen, enough that sites with calls for many can use them. */
const PORTION = 20

const refOf = ({ row }: KeyEntry) => ({ accountId: row.accountId, keyId: row.id })

interface Outcomes {
  readonly outcomes: readonly {
    readonly accountId: string
    readonly keyId: string
    readonly failure?: Failure | undefined
  }[]
}

export function switchKeys(entries: readonly KeyEntry[], enabled: boolean): BatchWork {
  const able = entries.filter(({ can }) => (enabled ? can.enable : can.disable))
  return {
    kind: enabled ? 'enable' : 'disable',
    entries: able,
    leftOut: entries.length - able.length,
    portion: PORTION,
    work: async (portion) =>
      failuresOf(portion, await send('keys.setEnabled', { keys: portion.map(refOf), enabled })),
  }
}

export function removeKeys(entries: readonly KeyEntry[]): BatchWork {
  const able = entries.filter(({ can }) => can.remove)
  return {
    kind: 'remove',
    entries: able,
    leftOut: entries.length - able.length,
    portion: PORTION,
    work: async (portion) =>
      failuresOf(portion, await send('keys.remove', { keys: portion.map(refOf) })),
  }
}

/** Copies the full keys, one a line, in the order they were given. */
export function copyKeys(entries: readonly KeyEntry[], write: CopySecret['copy']): BatchWork {
  const able = entries.filter(({ can }) => can.reveal)
  const keys: string[] = []
  return {
    kind: 'copy',
    entries: able,
    leftOut: entries.length - able.length,
    portion: 1,
    work: async (portion) => {
      const failures: BatchFailure[] = []
      for (const entry of portion) {
        const told = await send('keys.reveal', { key: refOf(entry) })
        if (told.ok) keys.push(told.value.key)
        else failures.push({ entry, failure: told.failure })
      }
      return failures
    },
    finish: async () => {
      if (keys.length === 0) return []
      const written = await write(keys)
      if (written.ok) return []
      return able.map((entry) => ({ entry, failure: written.failure }))
    },
  }
}

export interface CredentialChoice {
  readonly apiType: ApiType
  readonly tagIds: readonly string[]
  readonly nameOf: (entry: KeyEntry) => string
}

export function saveCredentials(
  entries: readonly KeyEntry[],
  { apiType, tagIds, nameOf }: CredentialChoice,
): BatchWork {
  const able = entries.filter(({ can }) => can.reveal)
  return {
    kind: 'credential',
    entries: able,
    leftOut: entries.length - able.length,
    portion: 1,
    work: async (portion) => {
      const failures: BatchFailure[] = []
      for (const entry of portion) {
        const saved = await send('credentials.fromKey', {
          key: refOf(entry),
          name: nameOf(entry),
          apiType,
          tagIds: [...tagIds],
        })
        if (!saved.ok) failures.push({ entry, failure: saved.failure })
      }
      return failures
    },
  }
}

/** Where nothing came back, nobody knows of any of the keys. */
function failuresOf(entries: readonly KeyEntry[], told: Result<Outcomes>): BatchFailure[] {
  if (!told.ok) return entries.map((entry) => ({ entry, failure: told.failure }))
  const failed = new Map(
    told.value.outcomes.flatMap((one) =>
      one.failure ? [[entryId(one), one.failure] as const] : [],
    ),
  )
  return entries.flatMap((entry) => {
    const failure = failed.get(entry.id)
    return failure ? [{ entry, failure }] : []
  })
}
