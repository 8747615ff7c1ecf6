import { defineBackground } from '#imports'

import { start } from '@/src/background/start'

// One classic script: as a module it would share its parser with the pages, and the popup would grow.
export default defineBackground(start)
