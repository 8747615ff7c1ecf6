import { giveLater } from '@/src/platform/later-scripts'

import { composeLate } from './compose'

export function startLate(): void {
  giveLater('late', composeLate)
}
