import type { checkMessages } from '@/src/messaging/late/checks'
import type { HandlersOf } from '@/src/messaging/server'
import type { CheckRunner } from '@/src/services/checks/run-checks'

export function checkHandlers(runner: CheckRunner): HandlersOf<typeof checkMessages> {
  return {
    'checks.start': async ({ model, ...request }) => ({
      id: await runner.start({ ...request, ...(model === undefined ? {} : { model }) }),
    }),
    'checks.stop': async ({ id }) => {
      await runner.stop(id)
      return {}
    },
    'checks.runs': ({ source }) => runner.runs(source),
    'checks.clear': async ({ source }) => {
      await runner.clear(source)
      return {}
    },
    'checks.models': ({ source, apiType }) => runner.models(source, apiType),
  }
}
