import { checkMessages } from './late/checks'
import { credentialMessages } from './late/credentials'
import { exportMessages } from './late/exports'
import { keyMessages } from './late/keys'

/**
 * Messages of the late part of the worker, which is loaded when the first of them arrives: keys,
 * credentials, verification, exports. Same form and same door as the others.
 */
export const lateProtocol = {
  ...keyMessages,
  ...credentialMessages,
  ...checkMessages,
  ...exportMessages,
}

export type LateProtocol = typeof lateProtocol
