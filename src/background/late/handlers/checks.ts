import type { checkMessages } from '@/src/messaging/late/checks'
import type { HandlersOf } from '@/src/messaging/server'

export function checkHandlers(): HandlersOf<typeof checkMessages> {
  return {} as HandlersOf<typeof checkMessages>
}
