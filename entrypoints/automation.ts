import { defineUnlistedScript } from '#imports'

import { startAutomation } from '@/src/background/automation/start'

// Third script of the service worker, see src/platform/later-scripts.ts.
export default defineUnlistedScript(startAutomation)
