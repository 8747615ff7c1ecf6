import { browser } from '#imports'

/**
 * Answers messages that come from this extension's worker (not from its tabs, not from other
 * extensions) and carry `channel`. One listener per channel and page, however often it is injected.
 */
export function onWorkerMessage(
  channel: string,
  answer: (message: unknown) => Promise<unknown>,
): void {
  const marker = Symbol.for(channel)
  const scope = globalThis as { [marker]?: boolean }
  if (scope[marker]) return
  scope[marker] = true
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    if (sender.id !== browser.runtime.id || sender.tab !== undefined) return undefined
    if (!isFor(message, channel)) return undefined
    void answer(message.question).then(sendResponse)
    return true
  })
}

function isFor(message: unknown, channel: string): message is { question: unknown } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'channel' in message &&
    message.channel === channel &&
    'question' in message
  )
}
