import { DEFAULT_SETTINGS, type Settings } from '@/src/domain/settings'
import type { Vault } from '@/src/storage/vault'

/** The user's settings, one record; unknown to the disk until the first change. */
export interface SettingsService {
  load(): Promise<Settings>
  set(edit: { readonly [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<Settings>
}

export function createSettingsService(vault: Vault, now: () => number): SettingsService {
  async function record() {
    // Settings that cannot be opened must not lock the user out: defaults, until the next change.
    return vault.load('settings', 'settings').catch(() => undefined)
  }
  return {
    async load() {
      return (await record())?.decided ?? DEFAULT_SETTINGS
    },
    async set(edit) {
      return vault.exclusive(async () => {
        const before = await record()
        const decided: Settings = { ...(before?.decided ?? DEFAULT_SETTINGS) }
        const decidedAtMs = { ...before?.decidedAtMs }
        for (const [key, value] of Object.entries(edit)) {
          if (value === undefined) continue
          Object.assign(decided, { [key]: value })
          decidedAtMs[key] = now()
        }
        await vault.write([{ store: 'settings', put: { id: 'settings', decided, decidedAtMs } }])
        return decided
      })
    },
  }
}
