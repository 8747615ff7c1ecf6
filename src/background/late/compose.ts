import { lateProtocol } from '@/src/messaging/late-protocol'
import { createDesk } from '@/src/messaging/server'
import type { SiteType } from '@/src/domain/site-type'
import type { AsAccount } from '@/src/services/as-account'
import type { FullAdapter } from '@/src/sites/adapter'
import { withLate } from '@/src/sites/late-registry'
import { createCheckRunner } from '@/src/services/checks/run-checks'
import { countedWake } from '@/src/services/counted-wake'
import { createCredentialServices } from '@/src/services/credentials/credential-services'
import { createExports } from '@/src/services/exports/compose'
import { staleAfter } from '@/src/services/exports/stale-after'
import { createKeyServices } from '@/src/services/keys/key-services'
import { createRotations } from '@/src/services/rotation/rotations'

import { byHand } from './by-hand'
import { checkHandlers } from './handlers/checks'
import { credentialHandlers } from './handlers/credentials'
import { exportHandlers } from './handlers/exports'
import { keyHandlers } from './handlers/keys'
import { rotationHandlers } from './handlers/rotation'
import type { LatePart, LatePorts } from './ports'

/** The composition root of the late part: makes its services and hands each what it needs. */
export function composeLate(lent: LatePorts): LatePart {
  const ports = {
    ...lent,
    adapterFor: (type: SiteType) => withLate(lent.adapterFor(type)),
    asAccount: ((accountId, work, signal) =>
      lent.asAccount(
        accountId,
        (site) => work({ ...site, adapter: withLate(site.adapter) }),
        signal,
      )) satisfies AsAccount<FullAdapter>,
    wake: countedWake(lent.wake),
  }
  const keyServices = createKeyServices(ports)
  const credentialServices = createCredentialServices(ports, (key) =>
    keyServices.keys.secretOf(key),
  )
  const exports = createExports({ ...ports, secretOf: keyServices.keys.secretOf })
  const keys = staleAfter(keyServices.keys, exports.ledger)
  const checks = createCheckRunner({
    ...ports,
    recordOf: (source, signal) => exports.material.recordOf(source, signal),
    announce: () => {
      ports.announce({ topic: 'checks' })
    },
  })
  const rotations = createRotations({
    ...ports,
    ...exports,
    keys: keyServices.keys,
    modelsOf: async (source) => {
      const { apiType } = await exports.material.recordOf(source)
      return (await checks.models(source, apiType)).models
    },
  })
  return {
    desk: byHand(
      createDesk(lateProtocol, {
        ...keyHandlers({ ...keyServices, keys, rotation: rotationHandlers(rotations) }),
        ...credentialHandlers(credentialServices),
        ...checkHandlers(checks),
        ...exportHandlers(exports),
      }),
      lent.forgive,
    ),
    resume: async () => {
      await Promise.all([keyServices.repair.wakeUp(), rotations.wakeUp()])
    },
  }
}
