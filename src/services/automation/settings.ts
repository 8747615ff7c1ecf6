import {
  type AutomationSettings,
  automationSettingsRecordSchema,
  DEFAULT_AUTOMATION,
} from '@/src/domain/automation-settings'
import { raise } from '@/src/domain/failure'
import type { Vault } from '@/src/storage/vault'

export type AutomationEdit = {
  readonly [Section in keyof AutomationSettings]?: AutomationSettings[Section] | undefined
}

/** What the user decided about everything that runs by itself. */
export interface AutomationSettingsService {
  load(): Promise<AutomationSettings>
  /** @throws `input` naming the field; nothing is stored then */
  set(edit: AutomationEdit): Promise<AutomationSettings>
}

export function createAutomationSettings({
  vault,
  now,
}: {
  readonly vault: Vault
  readonly now: () => number
}): AutomationSettingsService {
  // What cannot be opened must not stop everything: defaults, until the next change.
  const record = () => vault.load('automation', 'automation').catch(() => undefined)
  return {
    async load() {
      return (await record())?.decided ?? DEFAULT_AUTOMATION
    },
    set: (edit) =>
      vault.exclusive(async () => {
        const before = await record()
        const decided: AutomationSettings = { ...(before?.decided ?? DEFAULT_AUTOMATION) }
        const decidedAtMs = { ...before?.decidedAtMs }
        for (const [section, value] of Object.entries(edit)) {
          if (value === undefined) continue
          Object.assign(decided, { [section]: value })
          decidedAtMs[section] = now()
        }
        const put = { id: 'automation' as const, decided, decidedAtMs }
        refuseUnfit(put)
        await vault.write([{ store: 'automation', put }])
        return decided
      }),
  }
}

function refuseUnfit(put: { readonly decided: AutomationSettings }): void {
  const parsed = automationSettingsRecordSchema().safeParse(put)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.slice(1).join('.') ?? ''
    raise({ class: 'input', reason: 'out-of-range', field })
  }
  const { checkIn } = put.decided
  if (checkIn.from === checkIn.to) {
    raise({ class: 'input', reason: 'window-empty', field: 'checkIn.to' })
  }
  if (checkIn.mode === 'fixed' && !isInWindow(checkIn.at, checkIn)) {
    raise({ class: 'input', reason: 'outside-window', field: 'checkIn.at' })
  }
}

/** Whether a time of day lies in a window that may go over midnight; its end is not part of it. */
function isInWindow(time: string, { from, to }: { from: string; to: string }): boolean {
  return from < to ? from <= time && time < to : from <= time || time < to
}
