import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { LoginWay, Recognition } from '@/src/domain/recognition'
import { send } from '@/src/messaging/client'
import { requestOwnCookies } from '@/src/platform/own-cookies-permission'
import { requestSiteAccess } from '@/src/platform/site-access'

import { ACCOUNTS_KEY } from '../../queries/accounts'
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

/** Gives a stored account a new login of the same user. */
export function useRenewLogin({ id, origin, siteType, userId }: GlanceRow): RenewLogin {
  const client = useQueryClient()
  const [outcome, setOutcome] = useState<RenewOutcome>({ kind: 'none' })
  const [tabId, setTabId] = useState<number | null>(null)
  const latest = useLatest()

  function fail(failure: Failure): void {
    setOutcome({ kind: 'failed', failure })
  }

  function refuse(way: RenewWay): void {
    if (way === 'own-cookies') setOutcome({ kind: 'cookies-refused' })
    else fail({ class: 'access', reason: 'not-granted' })
  }

  async function readPage(way: Exclude<RenewWay, 'own-session'>): Promise<void> {
    const asked = way === 'own-cookies' ? requestOwnCookies() : requestSiteAccess(origin)
    const isLatest = latest.start()
    setOutcome({ kind: 'working' })
    const granted = await asked.catch(() => false)
    if (!isLatest()) return
    if (!granted) return refuse(way)
    const at = tabId !== null && tabId >= 0 ? { tabId } : {}
    const answer = await send('sites.recognise', { origin, siteType, ...at })
    if (!isLatest()) return
    const { recognition, failure = { class: 'internal' } as const } = answer.ok
      ? answer.value
      : { recognition: null, failure: answer.failure }
    if (recognition) await take(recognition, way)
    else fail(failure)
  }

  async function take(found: Recognition, way: RenewWay): Promise<void> {
    const isLatest = latest.start()
    setOutcome({ kind: 'working' })
    const taken = await send('accounts.takeLogin', { id, draftId: found.draftId, way })
    void client.invalidateQueries({ queryKey: ACCOUNTS_KEY })
    if (!isLatest()) return
    if (taken.ok) setOutcome({ kind: 'renewed' })
    else if (found.userId !== userId) setOutcome({ kind: 'another', found })
    else fail(taken.failure)
  }

  async function openSite(): Promise<void> {
    const tab = await send('sites.openTab', { origin })
    if (tab.ok) setTabId(tab.value.tabId)
    else fail(tab.failure)
  }

  return {
    outcome,
    opened: tabId !== null,
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
