import type { AccountRecord } from '@/src/domain/account'
import type { CredentialRecord, KeySource } from '@/src/domain/credential'
import { newId } from '@/src/domain/ids'
import type { KeyListRecord } from '@/src/domain/key-list'
import { createExports } from '@/src/services/exports/compose'

import { browserTransport } from '../../gateways/support'
import { makeAccount, makeKey } from '../../support/make'
import { startWorld } from '../../support/world'

/** The services of exports on a real (in-memory) database, with secrets a test decides about. */
export async function startExports() {
  const world = await startWorld()
  const secrets = new Map<string, string>()
  const announced: string[] = []
  const held = { now: 0, most: 0 }
  const asked: string[] = []
  const origins: string[] = []
  const parts = createExports({
    ...world.ports,
    asAccount: () => Promise.reject(new Error('nothing is asked of a site')),
    secretOf: ({ keyId }) => {
      asked.push(keyId)
      return Promise.resolve(secrets.get(keyId) ?? '')
    },
    hasAccess: (origin) => Promise.resolve(origin.startsWith('http://127.')),
    transportTo: (origin) => {
      origins.push(origin)
      return browserTransport(origin)
    },
    announce: ({ topic }) => announced.push(topic),
    wake: {
      hold: () => {
        held.most = Math.max(held.most, ++held.now)
        return Promise.resolve()
      },
      release: () => {
        held.now -= 1
        return Promise.resolve()
      },
    },
  })

  async function addKeys(account: AccountRecord, ids: readonly string[]): Promise<KeySource[]> {
    await world.add(account)
    await putList(account.id, ids)
    for (const id of ids) secrets.set(id, `sk-secret-of-${id}`)
    return ids.map((keyId) => ({ kind: 'key', accountId: account.id, keyId }))
  }

  async function putList(id: string, ids: readonly string[], rest: Partial<KeyListRecord> = {}) {
    const keys = ids.map((keyId) =>
      makeKey({ id: keyId, name: `key ${keyId}`, modelLimits: ['m'] }),
    )
    const put: KeyListRecord = { id, atMs: 1, complete: true, keys, ...rest }
    await world.vault.write([{ store: 'keyLists', put }])
  }

  return { world, ...parts, secrets, announced, held, asked, origins, addKeys, putList }
}

export const anAccount = () => makeAccount({ origin: 'https://relay.example.com', name: 'Example' })

export function makeCredential(
  decided: Partial<CredentialRecord['decided']> = {},
): CredentialRecord {
  return {
    id: newId('cred'),
    createdAtMs: 1,
    updatedAtMs: 1,
    decidedAtMs: {},
    decided: {
      name: 'Spare',
      baseUrl: 'https://spare.example.com',
      apiKey: 'sk-SPARE',
      apiType: 'anthropic',
      tagIds: [],
      notes: 'for the laptop',
      query: { mode: 'auto' },
      ...decided,
    },
  }
}
