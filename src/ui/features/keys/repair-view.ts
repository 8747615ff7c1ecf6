import type { Repair } from '@/src/domain/chore'
import type { Failure } from '@/src/domain/failure'

type RepairKey = Repair['keys'][number]

/** What a repair has come to at one account. */
export interface RepairAccount {
  readonly accountId: string
  readonly state: Repair['accounts'][number]['state']
  readonly failure: Failure | undefined
  readonly total: number
  /** Keys nothing more is done about. */
  readonly done: number
  readonly completed: number
  readonly waiting: readonly RepairKey[]
  readonly needsProof: readonly RepairKey[]
  readonly lost: readonly RepairKey[]
  readonly failed: readonly RepairKey[]
}

/** The accounts of a repair; those that wait for the person first. */
export function repairAccounts({ accounts, keys }: Repair): RepairAccount[] {
  const byAccount = new Map<string, RepairKey[]>()
  for (const key of keys) {
    const those = byAccount.get(key.accountId)
    if (those) those.push(key)
    else byAccount.set(key.accountId, [key])
  }
  return accounts
    .map(({ accountId, state, failure }) => {
      const own = byAccount.get(accountId) ?? []
      const inState = (wanted: RepairKey['state']) => own.filter((key) => key.state === wanted)
      const waiting = inState('waiting')
      return {
        accountId,
        state,
        failure,
        total: own.length,
        done: own.length - waiting.length,
        completed: inState('completed').length,
        waiting,
        needsProof: inState('needs-proof'),
        lost: inState('lost'),
        failed: inState('failed'),
      }
    })
    .sort((a, b) => Number(b.needsProof.length > 0) - Number(a.needsProof.length > 0))
}

/** Whether anything is still done by itself, or would be after a pause. */
export function isUnderWay({ state }: Repair): boolean {
  return state === 'running' || state === 'waiting' || state === 'paused'
}
