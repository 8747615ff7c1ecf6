import { useEffect, useRef, useState } from 'react'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import type { Failure } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'

/** Keys asked for with one message: what is had by then is shown as progress. */
const PORTION = 10

export interface MissingKey {
  readonly source: KeySource
  readonly failure: Failure
}

interface State {
  readonly at: 'none' | 'running' | 'done'
  readonly done: number
  /** Full keys: they live here alone, and as long as the component does. */
  readonly records: readonly ExportRecord[]
  readonly missing: readonly MissingKey[]
}

const NOTHING: State = { at: 'none', done: 0, records: [], missing: [] }

export interface MaterialHandle extends State {
  /** Fetches the keys; of those that cannot be had it says why, the others go on. */
  readonly fetch: () => void
  /** Stops and forgets what was fetched. */
  readonly drop: () => void
}

/** Full keys of these sources, fetched when asked for and forgotten with the component. */
export function useMaterial(sources: readonly KeySource[]): MaterialHandle {
  const [state, setState] = useState<State>(NOTHING)
  const latest = useRef(0)
  useEffect(
    () => () => {
      latest.current += 1
    },
    [],
  )

  async function fetch(): Promise<void> {
    const mine = (latest.current += 1)
    let now: State = { ...NOTHING, at: 'running' }
    setState(now)
    for (let start = 0; start < sources.length; start += PORTION) {
      const portion = sources.slice(start, start + PORTION)
      const answer = await send('exports.material', { sources: portion })
      if (mine !== latest.current) return
      now = added(now, portion, answer.ok ? answer.value : answer.failure)
      setState(now)
    }
    setState({ ...now, at: 'done' })
  }

  return {
    ...state,
    fetch: () => void fetch(),
    drop: () => {
      latest.current += 1
      setState(NOTHING)
    },
  }
}

function added(
  state: State,
  portion: readonly KeySource[],
  answer: Failure | { readonly records: ExportRecord[]; readonly failures: MissingKey[] },
): State {
  const missing =
    'records' in answer ? answer.failures : portion.map((source) => ({ source, failure: answer }))
  return {
    ...state,
    done: state.done + portion.length,
    records: [...state.records, ...('records' in answer ? answer.records : [])],
    missing: [...state.missing, ...missing],
  }
}
