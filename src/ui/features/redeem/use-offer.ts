import { useState } from 'react'

import type { Failure } from '@/src/domain/failure'
import type { CodeOffer, CodeState } from '@/src/domain/redemption'

import { useRedeemChange } from '../../queries/redeem'

/** What is known of a code and still leaves it worth sending. */
const WORTH_SENDING: ReadonlySet<CodeState> = new Set(['failed', 'limited', 'needs-you'])

export type TargetMode = 'one' | 'order'

export interface OfferChoice {
  /** Indices of the picked codes, in their order. */
  readonly picks: readonly number[]
  readonly setPicks: (picks: readonly number[]) => void
  readonly mode: TargetMode
  readonly setMode: (mode: TargetMode) => void
  /** The accounts the codes go to, in the order they are tried. */
  readonly accountIds: readonly string[]
  readonly setAccountIds: (ids: readonly string[]) => void
}

/** What the user picks of an offer. */
export function useOfferChoice({ codes, accounts }: CodeOffer): OfferChoice {
  const [picks, setPicks] = useState<readonly number[]>(() =>
    codes.flatMap(({ known }, at) => (known === undefined || WORTH_SENDING.has(known) ? at : [])),
  )
  const [mode, setMode] = useState<TargetMode>('one')
  const fitting = accounts.filter(({ fits }) => fits).map(({ accountId }) => accountId)
  const likely = fitting.length > 0 ? fitting : accounts.map(({ accountId }) => accountId)
  // Where there are several, only the user can tell which one is meant.
  const [one, setOne] = useState<readonly string[]>(likely.length === 1 ? likely : [])
  const [order, setOrder] = useState<readonly string[]>(fitting)
  return {
    picks,
    setPicks,
    mode,
    setMode,
    accountIds: mode === 'one' ? one : order,
    setAccountIds: mode === 'one' ? setOne : setOrder,
  }
}

interface OfferWork {
  readonly start: (choice: OfferChoice) => Promise<void>
  readonly drop: () => void
  readonly busy: boolean
  readonly failure: Failure | null
}

/** Redeems an offer, or forgets it. */
export function useOfferWork(offerId: string, onGone: () => void): OfferWork {
  const start = useRedeemChange('redeem.start')
  const decline = useRedeemChange('redeem.decline')

  async function drop(): Promise<void> {
    const done = await decline.run({ offerId })
    if (done.ok) onGone()
  }

  return {
    start: async ({ picks, accountIds }) => {
      const input = { offerId, picks: [...picks], accountIds: [...accountIds] }
      const done = await start.run(input)
      if (done.ok) onGone()
    },
    drop: () => void drop(),
    busy: start.busy || decline.busy,
    failure: start.failure ?? decline.failure,
  }
}
