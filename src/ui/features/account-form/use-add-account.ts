import { useEffect, useReducer, useRef } from 'react'

import { send } from '@/src/messaging/client'
import { requestSiteAccess } from '@/src/platform/site-access'

import { type AddState, nextAddState, startAdding } from './add-state'
import type { DraftValues } from './draft'

/** Adding an account, from an address to a filled form. Saving is the forms' own business. */
export interface Adding {
  readonly state: AddState
  readonly type: (edit: Partial<DraftValues>) => void
  /** To be called first in a click handler: the browser shows its question only then. */
  readonly askAccessAndRecognise: (origin: string) => Promise<void>
  readonly recognise: (origin: string) => Promise<void>
  /** Opens the site for the person to log in there. */
  readonly openSite: (origin: string) => Promise<void>
  readonly enterByHand: () => void
  readonly goBack: () => void
}

export function useAddAccount(origin: string, tabId: number | undefined): Adding {
  const [state, dispatch] = useReducer(nextAddState, undefined, () => startAdding(origin, tabId))
  // An answer to a try the person has turned away from must not move the screen.
  const latest = useRef(0)
  useEffect(() => () => void (latest.current += 1), [])

  async function recognise(at: string): Promise<void> {
    const mine = (latest.current += 1)
    dispatch({ type: 'recognising' })
    const found = await send('sites.recognise', {
      origin: at,
      ...(state.tabId === undefined ? {} : { tabId: state.tabId }),
    })
    if (mine !== latest.current) return
    const { recognition, failure } = found.ok ? found.value : { recognition: null, ...found }
    if (recognition) dispatch({ type: 'recognised', recognition })
    else dispatch({ type: 'not-recognised', failure: failure ?? { class: 'internal' } })
  }

  async function askAccessAndRecognise(at: string): Promise<void> {
    const asked = requestSiteAccess(at)
    const mine = (latest.current += 1)
    dispatch({ type: 'asked-for-access' })
    const granted = await asked.catch(() => false)
    if (mine !== latest.current) return
    if (granted) await recognise(at)
    else dispatch({ type: 'access-refused' })
  }

  async function openSite(at: string): Promise<void> {
    const tab = await send('sites.openTab', { origin: at })
    if (tab.ok) dispatch({ type: 'site-opened', tabId: tab.value.tabId })
    else dispatch({ type: 'not-recognised', failure: tab.failure })
  }

  function turnAway(type: 'chose-by-hand' | 'went-back'): void {
    latest.current += 1
    dispatch({ type })
  }

  return {
    state,
    type: (edit) => {
      dispatch({ type: 'typed', edit })
    },
    askAccessAndRecognise,
    recognise,
    openSite,
    enterByHand: () => {
      turnAway('chose-by-hand')
    },
    goBack: () => {
      turnAway('went-back')
    },
  }
}
