import { settle } from '@/src/domain/failure'
import type { AutomationProtocol } from '@/src/messaging/automation-protocol'
import type { HandlersOf } from '@/src/messaging/server'
import type { AutomationSettingsService } from '@/src/services/automation/settings'
import type { Badge } from '@/src/services/badge/badge'

export interface SettingsParts {
  readonly settings: AutomationSettingsService
  readonly badge: Pick<Badge, 'update'>
  /** Plans anew: other things may be due now. */
  readonly replan: () => void
  readonly announce: () => void
}

export function automationSettingsHandlers({ settings, badge, replan, announce }: SettingsParts) {
  return {
    'automation.settings': () => settings.load(),
    'automation.set': async ({ edit }) => {
      const decided = await settings.set(edit)
      announce()
      replan()
      // What is on the icon is no reason to say that the settings were not kept.
      await settle(() => badge.update())
      return decided
    },
  } satisfies Partial<HandlersOf<AutomationProtocol>>
}
