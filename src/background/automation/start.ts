import { giveLater } from '@/src/platform/later-scripts'

import { composeAutomation } from './compose'

export function startAutomation(): void {
  giveLater('automation', composeAutomation)
}
