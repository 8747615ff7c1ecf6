import type { ExportRecord } from '@/src/domain/export-record'

import type { GatewayClient, GatewayLine, Wish } from '../gateway-client'
import { importKey } from './import'
import { planKey } from './key-plan'
import { createManagement } from './management'
import type { Planner } from './plan'
import { planProvider } from './provider-plan'

/** CLIProxyAPI by its management interface (`contracts/exports.md 4`). */
export function createCliProxyApi(line: GatewayLine): GatewayClient {
  const management = createManagement(line)
  return {
    async test() {
      const { version } = await management.read('openai-compatibility')
      return { version, generation: 'v0' }
    },
    place: async (record, wish) => importKey(management, plannerOf(record, wish), line.sleep),
  }
}

function plannerOf(record: ExportRecord, wish: Wish): Planner {
  const { apiType } = wish
  return apiType === 'openai-compatible'
    ? planProvider(record, wish)
    : planKey(record, wish, apiType)
}
