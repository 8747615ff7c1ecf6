import { openChannel } from '@/src/platform/channel'

import type { AppEvent } from './protocol'

const CHANNEL = 'relaydeck.events'

/** Announces something to all open pages of the extension. Nothing is only in an event. */
export function createAnnouncer(): (event: AppEvent) => void {
  const channel = openChannel(CHANNEL)
  return (event) => {
    channel.postMessage(event)
  }
}

/**
 * Calls `listener` for every announcement until `signal` aborts. Only the worker of this extension
 * can announce: the channel exists inside the extension's own origin.
 */
export function listen(listener: (event: AppEvent) => void, signal: AbortSignal): void {
  const channel = openChannel(CHANNEL)
  channel.onmessage = (message: MessageEvent<AppEvent>) => {
    listener(message.data)
  }
  signal.addEventListener('abort', () => {
    channel.close()
  })
}
