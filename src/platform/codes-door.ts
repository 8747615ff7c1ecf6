import { browser } from '#imports'

type Sender = Parameters<Parameters<typeof browser.runtime.onMessage.addListener>[0]>[1]

/**
 * Receives what our script found on a page of a site: messages of one channel, from the top frame of
 * a web page's tab, and never from anybody else. `receive` is told the page's origin, as the browser
 * vouches for it; what it resolves with is the answer. Must be called at worker start, before any
 * await.
 */
export function onPageMessage(
  channel: string,
  receive: (message: unknown, origin: string) => Promise<unknown>,
): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const origin = pageOrigin(sender)
    if (origin === null || !isOf(channel, message)) return undefined
    void receive(message, origin)
      .catch(() => undefined)
      .then(sendResponse)
    return true
  })
}

/** The origin of the page our script runs in; `null` = it is not our script, or no such page. */
function pageOrigin({ id, tab, frameId, url = '', origin }: Sender): string | null {
  if (id !== browser.runtime.id || tab?.id === undefined || frameId !== 0) return null
  const page = URL.canParse(url) ? new URL(url) : null
  if (!page || !/^https?:$/.test(page.protocol)) return null
  // A sandboxed page has an address and belongs to nobody.
  return origin === undefined || origin === page.origin ? page.origin : null
}

function isOf(channel: string, message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'channel' in message &&
    message.channel === channel
  )
}
