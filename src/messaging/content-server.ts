import { onWorkerMessage } from '@/src/platform/page-messages'

import type { PageAnswer, PageQuestion } from './page-channel'

/** Lets the worker, and nobody else, put questions to this tab. Installing it twice changes nothing. */
export function servePageQuestions(answer: (question: PageQuestion) => Promise<PageAnswer>): void {
  onWorkerMessage('relaydeck.page', (message) => answer(message as PageQuestion))
}
