import { lateProtocol } from '@/src/messaging/late-protocol'
import { createDesk } from '@/src/messaging/server'

import { checkHandlers } from './handlers/checks'
import { credentialHandlers } from './handlers/credentials'
import { exportHandlers } from './handlers/exports'
import { keyHandlers } from './handlers/keys'
import type { LatePart, LatePorts } from './ports'

/** The composition root of the late part: makes its services and hands each what it needs. */
export function composeLate(_ports: LatePorts): LatePart {
  return {
    desk: createDesk(lateProtocol, {
      ...keyHandlers(),
      ...credentialHandlers(),
      ...checkHandlers(),
      ...exportHandlers(),
    }),
    resume: () => Promise.resolve(),
  }
}
