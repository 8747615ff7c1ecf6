import { raise } from '@/src/domain/failure'
import type { exportMessages } from '@/src/messaging/late/exports'
import type { HandlersOf } from '@/src/messaging/server'
import type { ChatLinks } from '@/src/services/exports/chat-links'
import type { Gateways } from '@/src/services/exports/gateways'
import type { Ledger } from '@/src/services/exports/ledger'
import type { Material } from '@/src/services/exports/material'
import type { GatewaySender } from '@/src/services/exports/send'

export interface ExportParts {
  readonly material: Material
  readonly ledger: Ledger
  readonly gateways: Gateways
  readonly sender: Pick<GatewaySender, 'test' | 'send'>
  readonly chatLinks: ChatLinks
}

export function exportHandlers(parts: ExportParts): HandlersOf<typeof exportMessages> {
  const { material, ledger, gateways, sender, chatLinks } = parts
  return {
    'exports.material': ({ sources }) => material.recordsOf(sources),
    'exports.note': async ({ sources, ...place }) => {
      const { records, failures } = await material.recordsOf(sources)
      if (records.length > 0) await ledger.note(records, place)
      const [first] = failures
      return first ? raise(first.failure) : {}
    },
    'exports.ledger': () => ledger.list(),
    'exports.forget': async ({ ids }) => {
      await ledger.forget(ids)
      return {}
    },
    'exports.chatLinks': ({ source }) => chatLinks.of(source),
    'gateways.list': () => gateways.list(),
    'gateways.save': async (form) => ({ id: await gateways.save(form) }),
    'gateways.remove': async ({ id }) => {
      await gateways.remove(id)
      return {}
    },
    'gateways.test': ({ id }) => sender.test(id),
    'gateways.send': (order) => sender.send(order),
  }
}
