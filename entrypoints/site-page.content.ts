import { defineContentScript } from '#imports'

import { answerQuestion } from '@/src/content/site-page'
import { servePageQuestions } from '@/src/messaging/content-server'

// Built but not in the manifest: injected on demand into one tab the user has open.
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    servePageQuestions(answerQuestion)
  },
})
