import { giveLate } from '@/src/platform/late-script'

import { composeLate } from './compose'

export function startLate(): void {
  giveLate(composeLate)
}
