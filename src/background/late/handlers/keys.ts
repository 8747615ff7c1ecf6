import type { keyMessages } from '@/src/messaging/late/keys'
import type { HandlersOf } from '@/src/messaging/server'

export function keyHandlers(): HandlersOf<typeof keyMessages> {
  return {} as HandlersOf<typeof keyMessages>
}
