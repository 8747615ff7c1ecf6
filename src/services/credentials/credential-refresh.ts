import type { CredentialRecord } from '@/src/domain/credential'
import { settle } from '@/src/domain/failure'
import type { Vault } from '@/src/storage/vault'

import type { Wake } from '../counted-wake'
import { askState, type StatePorts } from './ask-state'
import { isSame } from './credential-record'

export interface RefreshPorts extends StatePorts {
  readonly vault: Vault
  readonly atNetwork: <T>(work: () => Promise<T>) => Promise<T>
  /** Counted: other work holds it too. */
  readonly wake: Wake
  /** Credentials changed, or what is known of them. */
  readonly announce: () => void
}

/** Asks for balance, use and models of credentials, each at most once at a time. */
export interface CredentialRefresh {
  /** Those that are being asked already are not asked twice. Resolves when all given are done. */
  run(ids: readonly string[]): Promise<void>
  isRunning(id: string): boolean
}

export function createCredentialRefresh(ports: RefreshPorts): CredentialRefresh {
  const running = new Map<string, Promise<void>>()

  async function refreshOne(id: string): Promise<void> {
    // What was removed, or does not open, has nobody to ask for.
    const record = await ports.vault.load('credentials', id).catch(() => undefined)
    if (!record) return
    const before = await ports.vault.load('credentialStates', id).catch(() => undefined)
    const state = await askState(ports, { id, decided: record.decided, models: true, before })
    await ports.vault.exclusive(async () => {
      // The answer belongs to the key it was asked with.
      if (!(await isUnchanged(record))) return
      await ports.vault.write([{ store: 'credentialStates', put: state }])
    })
  }

  async function isUnchanged({ id, decided }: CredentialRecord): Promise<boolean> {
    const now = await ports.vault.load('credentials', id)
    return now !== undefined && isSame(now.decided, decided)
  }

  function start(id: string): Promise<void> {
    const work = settle(() => ports.atNetwork(() => refreshOne(id))).then(() => {
      running.delete(id)
      ports.announce()
    })
    running.set(id, work)
    return work
  }

  return {
    async run(ids) {
      const works = [...new Set(ids)].map((id) => running.get(id) ?? start(id))
      ports.announce()
      await settle(() => ports.wake.hold())
      await Promise.all(works)
      await settle(() => ports.wake.release())
    },
    isRunning: (id) => running.has(id),
  }
}
