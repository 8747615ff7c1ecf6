import { defineContentScript } from '#imports'

import { watchForCodes } from '@/src/content/find-codes'

// Built but not in the manifest: registered for the sites where the user switched it on.
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main: watchForCodes,
})
