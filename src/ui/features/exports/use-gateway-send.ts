import { useState } from 'react'

import type { ApiType } from '@/src/domain/chat-endpoints'
import type { KeySource } from '@/src/domain/credential'
import type { GatewayView } from '@/src/domain/export-record'
import type { Failure } from '@/src/domain/failure'
import type { OutputOf } from '@/src/messaging/protocol'
import { requestSiteAccess } from '@/src/platform/site-access'

import { EXPORTS_KEY } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import type { ChosenModel } from './model-table'

/** How keys are to stand in a gateway. */
export interface GatewayOrder {
  readonly apiType: ApiType
  readonly providerName: string
  readonly models: readonly ChosenModel[]
  readonly replaceModels: boolean
  readonly setDefault: boolean
  readonly restart: boolean
}

export type Sent = OutputOf<'gateways.send'>

interface GatewaySend {
  /** To be called in a click, as the browser may have to ask for access. */
  readonly send: (order: GatewayOrder) => void
  readonly busy: boolean
  readonly sent: Sent | null
  readonly failure: Failure | null
  /** The browser was not to give access. */
  readonly refused: boolean
  readonly reset: () => void
}

/** Sends keys into a gateway, and tells what became of each. */
export function useGatewaySend(
  { id, address }: GatewayView,
  sources: readonly KeySource[],
): GatewaySend {
  const [sent, setSent] = useState<Sent | null>(null)
  const [refused, setRefused] = useState(false)
  const change = useChange(
    (order: GatewayOrder) =>
      fetchFromWorker('gateways.send', {
        id,
        sources: [...sources],
        ...order,
        providerName: order.providerName.trim(),
        models: order.models.map(({ name, alias }) => ({ name, alias: alias.trim() })),
      }),
    EXPORTS_KEY,
  )

  async function send(order: GatewayOrder): Promise<void> {
    // First of all: the browser shows its question only inside the click.
    const granted = await requestSiteAccess(new URL(address).origin).catch(() => false)
    setRefused(!granted)
    setSent(null)
    if (!granted) return
    const answer = await change.run(order)
    if (answer.ok) setSent(answer.value)
  }

  return {
    send: (order) => void send(order),
    busy: change.busy,
    sent,
    failure: change.failure,
    refused,
    reset: () => {
      setSent(null)
      setRefused(false)
      change.reset()
    },
  }
}
