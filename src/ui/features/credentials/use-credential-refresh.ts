import { useCallback, useState } from 'react'

import type { CredentialView } from '@/src/domain/credential'
import type { Failure } from '@/src/domain/failure'
import { requestSitesAccess } from '@/src/platform/site-access'

import { useCredentialChange } from '../../queries/credential-mutations'
import { hostOf } from '../../view/glance-view'
import { originOf } from './credential-entries'

export interface CredentialRefresh {
  /** Those that were asked together last; empty = nothing to tell of. */
  readonly batch: readonly CredentialView[]
  /** Hosts the person did not let the browser open. */
  readonly refused: readonly string[]
  readonly failure: Failure | null
  /**
   * Asks for balance, use and models. To be called first in a click handler: the browser shows its
   * question for sites it does not grant yet only then.
   */
  readonly start: (views: readonly CredentialView[]) => void
  /** The same where the browser has granted access just now. */
  readonly startGranted: (ids: readonly string[]) => void
  readonly dismiss: () => void
}

/** @param views all credentials, so that a batch tells how they are now */
export function useCredentialRefresh(views: readonly CredentialView[]): CredentialRefresh {
  const { run, failure } = useCredentialChange('credentials.refresh')
  const [ids, setIds] = useState<readonly string[]>([])
  const [refused, setRefused] = useState<readonly string[]>([])

  const startGranted = useCallback(
    (able: readonly string[]) => {
      if (able.length === 0) return
      void run({ ids: [...able] }).then((begun) => {
        if (begun.ok) setIds(able)
      })
    },
    [run],
  )
  const start = useCallback(
    (wanted: readonly CredentialView[]) => {
      const closed = wanted.filter(({ granted }) => !granted)
      const origins = [...new Set(closed.map(originOf))]
      const asked = origins.length === 0 ? true : requestSitesAccess(origins).catch(() => false)
      setIds([])
      void Promise.resolve(asked).then((granted) => {
        setRefused(granted ? [] : origins.map(hostOf))
        startGranted(wanted.filter((view) => view.granted || granted).map(({ id }) => id))
      })
    },
    [startGranted],
  )

  return {
    batch: views.filter(({ id }) => ids.includes(id)),
    refused,
    failure,
    start,
    startGranted,
    dismiss: () => {
      setIds([])
      setRefused([])
    },
  }
}
