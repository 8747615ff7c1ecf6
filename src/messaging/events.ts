import { openChannel } from '@/src/platform/channel'

import { type AppEvent, eventSchema } from './protocol'

const CHANNEL = 'relaydeck.events'

/** Announces something to all open pages of the extension. Nothing is only in an event. */
export function createAnnouncer(): (event: AppEvent) => void {
  const channel = openChannel(CHANNEL)
  return (event) => {
    channel.postMessage(event)
  }
}

/** Calls `listener` for every announcement until `signal` aborts. */
export function listen(listener: (event: AppEvent) => void, signal: AbortSignal): void {
  const channel = openChannel(CHANNEL)
  channel.onmessage = (message: MessageEvent<unknown>) => {
    const event = eventSchema.safeParse(message.data)
    if (event.success) listener(event.data)
  }
  signal.addEventListener('abort', () => {
    channel.close()
  })
}
