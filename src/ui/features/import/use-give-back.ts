import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { type Failure, settle } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { accessPattern } from '@/src/domain/origin'

import { glanceQuery } from '../../queries/accounts'
import { useRevoke } from '../../queries/sites'
import { change, useImport } from './import-store'

export interface GivingBack {
  /** Gives back what no account needs. `true` = nothing of it is left. */
  readonly run: () => Promise<boolean>
  readonly busy: boolean
  /** How many sites the last run gave back; `null` before it. */
  readonly given: number | null
  /** Sites the browser would not let go. */
  readonly kept: readonly string[]
  /** Why it could not be told which sites are needed. */
  readonly failure: Failure | null
}

export function useGiveBack(): GivingBack {
  const client = useQueryClient()
  const revoke = useRevoke()
  const [given, setGiven] = useState<number | null>(null)
  const [kept, setKept] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)

  async function run(): Promise<boolean> {
    // An account added a moment ago must not lose its site: the list on the screen may be older.
    const glance = await settle(() => client.query({ ...glanceQuery(), staleTime: 0 }))
    setFailure(glance.ok ? null : glance.failure)
    if (!glance.ok) return false
    const unneeded = notNeeded(useImport.getState().granted, glance.value.rows)
    const left = await revoke.run(unneeded)
    setGiven(unneeded.length - left.length)
    setKept(left)
    change({ granted: new Set(left) })
    return left.length === 0
  }

  return { run, busy: revoke.busy, given, kept, failure }
}

/** Sites no account lives at, on no port: two ports of a host share one permission. */
export function notNeeded(
  origins: Iterable<string>,
  rows: readonly Pick<GlanceRow, 'origin'>[],
): string[] {
  const needed = new Set(rows.map(({ origin }) => accessPattern(origin)))
  return [...origins].filter((origin) => !needed.has(accessPattern(origin)))
}
