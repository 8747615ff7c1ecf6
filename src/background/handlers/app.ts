import type { Settings } from '@/src/domain/settings'
import type { Handlers } from '@/src/messaging/server'
import type { RefreshRunner } from '@/src/services/refresh-runner'
import type { SettingsService } from '@/src/services/settings'

export interface AppHandlerPorts {
  readonly settings: SettingsService
  readonly runner: RefreshRunner
  readonly announceSettings: (settings: Settings) => void
}

export function appHandlers({ settings, runner, announceSettings }: AppHandlerPorts) {
  return {
    'app.boot': async () => {
      const [known, job] = await Promise.all([settings.load(), runner.progress()])
      return { settings: known, job }
    },

    'settings.set': async ({ edit }) => {
      const changed = await settings.set(edit)
      announceSettings(changed)
      return changed
    },

    'refresh.start': async ({ ids }) => ({ jobId: await runner.start(ids) }),

    'refresh.cancel': async ({ jobId }) => {
      await runner.cancel(jobId)
      return {}
    },

    'refresh.progress': () => runner.progress(),
  } satisfies Partial<Handlers>
}
