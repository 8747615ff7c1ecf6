import { useEffect, useRef, useState } from 'react'

import type { Failure } from '@/src/domain/failure'

import { useKeyChange } from '../../queries/key-mutations'
import { type PlannedKey, portionsOf } from './many-plan'

/** Few enough that progress is seen. */
const PORTION = 5

interface ManyOutcome {
  readonly planned: PlannedKey
  /** Absent = it was made. */
  readonly failure?: Failure | undefined
}

export interface ManyProgress {
  readonly state: 'running' | 'done'
  readonly total: number
  readonly outcomes: readonly ManyOutcome[]
}

export interface CreateMany {
  readonly progress: ManyProgress | null
  readonly start: (plan: readonly PlannedKey[]) => Promise<void>
  /** What was sent ends by itself; nothing else is sent. */
  readonly cancel: () => void
}

/** Creates keys for several accounts, a portion after the other. */
export function useCreateMany(): CreateMany {
  const { run } = useKeyChange('keys.createMany')
  const [progress, setProgress] = useState<ManyProgress | null>(null)
  const end = useRef<AbortController | null>(null)
  useEffect(() => () => end.current?.abort(), [])

  async function start(plan: readonly PlannedKey[]): Promise<void> {
    const own = new AbortController()
    end.current = own
    // What was made before stays in the result: only the others are tried again.
    const outcomes = (progress?.outcomes ?? []).filter(
      ({ planned }) => !plan.some(({ section }) => isSame(section, planned.section)),
    )
    const total = outcomes.length + plan.length
    setProgress({ state: 'running', total, outcomes: [...outcomes] })
    for (const portion of portionsOf(plan, PORTION)) {
      if (own.signal.aborted) break
      outcomes.push(...(await create(portion)))
      setProgress({ state: 'running', total, outcomes: [...outcomes] })
    }
    setProgress({ state: 'done', total, outcomes: [...outcomes] })
  }

  async function create(portion: readonly PlannedKey[]): Promise<ManyOutcome[]> {
    const [first] = portion
    if (!first) return []
    const done = await run({
      accountIds: portion.map(({ section }) => section.account.id),
      draft: first.draft,
      requestId: crypto.randomUUID(),
    })
    return portion.map((planned) => {
      if (!done.ok) return { planned, failure: done.failure }
      const told = done.value.outcomes.find(
        ({ accountId }) => accountId === planned.section.account.id,
      )
      return { planned, failure: told?.failure }
    })
  }

  return { progress, start, cancel: () => end.current?.abort() }
}

function isSame(a: PlannedKey['section'], b: PlannedKey['section']): boolean {
  return a.account.id === b.account.id
}
