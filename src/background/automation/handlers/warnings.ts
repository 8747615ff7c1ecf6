import type { AutomationProtocol } from '@/src/messaging/automation-protocol'
import type { HandlersOf } from '@/src/messaging/server'
import type { Warnings } from '@/src/services/warnings/warnings'

export function warningHandlers(warnings: Pick<Warnings, 'list' | 'putAway'>) {
  return {
    'warnings.list': () => warnings.list(),
    'warnings.putAway': async ({ keys }) => {
      await warnings.putAway(keys)
      return {}
    },
  } satisfies Partial<HandlersOf<AutomationProtocol>>
}
