import { browser } from '#imports'

/** Who sent a message, as far as the worker's door cares. */
export interface Caller {
  /** An own page of this extension, in its own top frame. */
  readonly isOwnPage: boolean
}

/**
 * Receives messages from inside the extension. A listener that returns `null` leaves the caller
 * without any answer. Other extensions and web pages have no way in: their messages arrive on
 * another event, which nobody listens to.
 */
export function onMessage(
  receive: (message: unknown, caller: Caller) => Promise<unknown> | null,
): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const answer = receive(message, { isOwnPage: isOwnPage(sender) })
    if (answer === null) return undefined
    void answer.then(sendResponse)
    return true
  })
}

type Sender = Parameters<Parameters<typeof browser.runtime.onMessage.addListener>[0]>[1]

function isOwnPage(sender: Sender): boolean {
  const base = new URL(browser.runtime.getURL('/')).origin
  return (
    sender.id === browser.runtime.id &&
    sender.url !== undefined &&
    URL.canParse(sender.url) &&
    new URL(sender.url).origin === base &&
    // A page of ours inside someone else's frame would be a click-jacking vehicle.
    (sender.frameId === undefined || sender.frameId === 0)
  )
}
