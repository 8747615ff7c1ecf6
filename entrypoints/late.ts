import { defineUnlistedScript } from '#imports'

import { startLate } from '@/src/background/late/start'

// Second script of the service worker, see src/platform/later-scripts.ts.
export default defineUnlistedScript(startLate)
