import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useReducer } from 'react'

import type { Failure } from '@/src/domain/failure'
import type { DetectedSite, Recognition } from '@/src/domain/recognition'
import type { SiteDescription } from '@/src/domain/site-description'
import { accountOrigin } from '@/src/domain/site-pages'
import type { SiteType } from '@/src/domain/site-type'
import { send } from '@/src/messaging/client'
import { requestSiteAccess } from '@/src/platform/site-access'

import { sitesQuery } from '../../queries/sites'
import { type AddState, nextAddState, startAdding } from './add-state'
import type { DraftValues } from './draft'
import { lookAtSite } from './look-at-site'
import { useLatest } from './use-latest'

/** Adding an account, from an address to a filled form. Saving is the forms' own business. */
export interface Adding {
  readonly state: AddState
  readonly type: (edit: Partial<DraftValues>) => void
  /**
   * To be called first in a click handler: the browser shows its question only then. `chosenType`:
   * the person's own word on what runs there.
   */
  readonly askAccessAndRecognise: (origin: string, chosenType?: SiteType) => Promise<void>
  /** Opens the site for the person to log in there. */
  readonly openSite: (origin: string) => Promise<void>
  readonly enterByHand: () => void
  readonly enterSignIn: () => void
  /** A sign-in made a session. */
  readonly takeSignIn: (recognition: Recognition) => void
  /** A sign-in is only possible in the site's own page. */
  readonly sendToPage: () => void
  readonly goBack: () => void
}

export function useAddAccount(origin: string, tabId: number | undefined): Adding {
  const [state, dispatch] = useReducer(nextAddState, undefined, () => startAdding(origin, tabId))
  const client = useQueryClient()
  // An answer to a try the person has turned away from must not move the screen.
  const latest = useLatest()

  function stop(failure: Failure, detected: DetectedSite | null): void {
    const site = familiesIn(client).find(({ type }) => type === detected?.siteType)
    dispatch({ type: 'stopped', failure, detected, site })
  }

  async function recognise(at: string, chosenType: SiteType | undefined): Promise<void> {
    const isLatest = latest.start()
    dispatch({ type: 'recognising', origin: at, chosenType })
    const found = await lookAtSite({ origin: at, tabId: state.tabId, siteType: chosenType })
    if (!isLatest()) return
    const { recognition, detected, failure = { class: 'internal' } } = found
    if (recognition) dispatch({ type: 'recognised', recognition })
    else stop(failure, detected)
  }

  async function askAccessAndRecognise(at: string, chosenType?: SiteType): Promise<void> {
    // Requests to a hosted service go to its own address, whichever one was typed.
    const asked = requestSiteAccess(accountOrigin(familiesIn(client), at))
    const isLatest = latest.start()
    dispatch({ type: 'asked-for-access' })
    const granted = await asked.catch(() => false)
    if (!isLatest()) return
    if (granted) await recognise(at, chosenType)
    else dispatch({ type: 'access-refused' })
  }

  async function openSite(at: string): Promise<void> {
    const tab = await send('sites.openTab', { origin: at })
    if (tab.ok) dispatch({ type: 'site-opened', tabId: tab.value.tabId })
    else stop(tab.failure, state.looked.detected)
  }

  const turnTo =
    (type: 'chose-by-hand' | 'chose-sign-in' | 'wants-captcha' | 'went-back') => () => {
      latest.start()
      dispatch({ type })
    }

  return {
    state,
    type: (edit) => dispatch({ type: 'typed', edit }),
    askAccessAndRecognise,
    openSite,
    enterByHand: turnTo('chose-by-hand'),
    enterSignIn: turnTo('chose-sign-in'),
    takeSignIn: (recognition) => dispatch({ type: 'recognised', recognition }),
    sendToPage: turnTo('wants-captcha'),
    goBack: turnTo('went-back'),
  }
}

/** The families as they are known by now. */
function familiesIn(client: QueryClient): readonly SiteDescription[] {
  return client.getQueryData(sitesQuery().queryKey) ?? []
}
