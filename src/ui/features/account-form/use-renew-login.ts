import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { LoginWay, Recognition } from '@/src/domain/recognition'
import { send } from '@/src/messaging/client'
import { requestOwnCookies } from '@/src/platform/own-cookies-permission'
import { requestSiteAccess } from '@/src/platform/site-access'

import { ACCOUNTS_KEY } from '../../queries/accounts'
import { knownTab, lookAtSite } from './look-at-site'
import { useLatest } from './use-latest'

/** Ways a stored account takes over a login anew. */
export type RenewWay = Extract<LoginWay, 'page-session' | 'own-session' | 'own-cookies'>

/** What became of the last try. */
export type RenewOutcome =
  | { readonly kind: 'none' | 'working' | 'renewed' | 'cookies-refused' }
  /** The login found is another user's. */
  | { readonly kind: 'another'; readonly found: Recognition }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface RenewLogin {
  readonly outcome: RenewOutcome
  /** The site was opened for the person to log in. */
  readonly opened: boolean
  /** To be called first in a click handler. Reads what the open page is logged in as. */
  readonly readPage: (way: Exclude<RenewWay, 'own-session'>) => Promise<void>
  /** Gives the account a login that was found or made. */
  readonly take: (found: Recognition, way: RenewWay) => Promise<void>
  readonly openSite: () => Promise<void>
  readonly fail: (failure: Failure) => void
  readonly reset: () => void
}

const NOT_GRANTED: RenewOutcome = {
  kind: 'failed',
  failure: { class: 'access', reason: 'not-granted' },
}

/** Gives a stored account a new login of the same user. */
export function useRenewLogin({ id, origin, siteType, userId }: GlanceRow): RenewLogin {
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<RenewOutcome>({ kind: 'none' })
  const [tab, setTab] = useState<{ id: number | undefined } | null>(null)
  const latest = useLatest()

  function fail(failure: Failure): void {
    setOutcome({ kind: 'failed', failure })
  }

  async function readPage(way: Exclude<RenewWay, 'own-session'>): Promise<void> {
    const asked = way === 'own-cookies' ? requestOwnCookies() : requestSiteAccess(origin)
    const isLatest = latest.start()
    setOutcome({ kind: 'working' })
    const granted = await asked.catch(() => false)
    if (!isLatest()) return
    if (!granted) {
      setOutcome(way === 'own-cookies' ? { kind: 'cookies-refused' } : NOT_GRANTED)
      return
    }
    const found = await lookAtSite({ origin, siteType, tabId: tab?.id })
    if (!isLatest()) return
    if (found.recognition) await take(found.recognition, way)
    else fail(found.failure ?? { class: 'internal' })
  }

  async function take(found: Recognition, way: RenewWay): Promise<void> {
    const isLatest = latest.start()
    setOutcome({ kind: 'working' })
    const taken = await send('accounts.takeLogin', { id, draftId: found.draftId, way })
    void client.invalidateQueries({ queryKey: ACCOUNTS_KEY })
    if (!isLatest()) return
    if (taken.ok) setOutcome({ kind: 'renewed' })
    else if (taken.failure.class === 'identity' && found.userId !== userId) {
      setOutcome({ kind: 'another', found })
    } else fail(taken.failure)
  }

  async function openSite(): Promise<void> {
    const asked = await send('sites.openTab', { origin })
    if (asked.ok) setTab({ id: knownTab(asked.value.tabId) })
    else fail(asked.failure)
  }

  return {
    outcome,
    opened: tab !== null,
    readPage,
    take,
    openSite,
    fail,
    reset: () => {
      latest.start()
      setOutcome({ kind: 'none' })
    },
  }
}
