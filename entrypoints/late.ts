import { defineUnlistedScript } from '#imports'

import { startLate } from '@/src/background/late/start'

// Second script of the service worker, see src/platform/late-script.ts.
export default defineUnlistedScript(startLate)
