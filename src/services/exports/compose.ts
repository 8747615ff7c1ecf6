import { sleep } from '@/src/net/sleep'
import type { Transport } from '@/src/net/transport'
import type { Vault } from '@/src/storage/vault'
import type { FullAdapter } from '@/src/sites/adapter'

import type { AsAccount } from '../as-account'
import { createChatLinks } from './chat-links'
import { createGateways } from './gateways'
import { createLedger } from './ledger'
import { createMaterial, type MaterialPorts } from './material'
import { createGatewaySender } from './send'

interface ExportPorts extends MaterialPorts {
  readonly vault: Vault
  readonly asAccount: AsAccount<FullAdapter>
  readonly transportTo: (origin: string) => Transport
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly announce: (event: { readonly topic: 'exports' }) => void
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  readonly now: () => number
}

/** Everything that hands keys to other programs, made of what the worker lends. */
export function createExports(ports: ExportPorts) {
  const announce = () => {
    ports.announce({ topic: 'exports' })
  }
  const material = createMaterial(ports)
  const ledger = createLedger({ ...ports, announce })
  const gateways = createGateways({ ...ports, announce })
  const sender = createGatewaySender({
    ...ports,
    material,
    ledger,
    gateways,
    sleep: (ms) => sleep(ms),
  })
  return { material, ledger, gateways, sender, chatLinks: createChatLinks(ports.asAccount) }
}
