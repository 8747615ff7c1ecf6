import type { exportMessages } from '@/src/messaging/late/exports'
import type { HandlersOf } from '@/src/messaging/server'

export function exportHandlers(): HandlersOf<typeof exportMessages> {
  return {} as HandlersOf<typeof exportMessages>
}
