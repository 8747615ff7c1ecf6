import type { credentialMessages } from '@/src/messaging/late/credentials'
import type { HandlersOf } from '@/src/messaging/server'

export function credentialHandlers(): HandlersOf<typeof credentialMessages> {
  return {} as HandlersOf<typeof credentialMessages>
}
