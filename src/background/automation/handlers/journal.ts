import type { AutomationProtocol } from '@/src/messaging/automation-protocol'
import type { HandlersOf } from '@/src/messaging/server'
import type { Journal } from '@/src/services/automation/journal'

export function journalHandlers(journal: Journal) {
  return {
    'journal.list': (filter) => journal.list(filter),
  } satisfies Partial<HandlersOf<AutomationProtocol>>
}
