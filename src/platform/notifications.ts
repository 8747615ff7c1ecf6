import { browser } from '#imports'

/** Before the name of the event in the id of a notification: a newer one takes its place. */
const PREFIX = 'relaydeck.'
const ICON = '/icon/128.png'

/** Absent without the permission, which may be granted and taken back at any time. */
const api = () => browser.notifications as typeof browser.notifications | undefined

/** Shows a notification of the browser. @throws when the browser does not let us */
export async function showNotification(notice: {
  /** What it is about; a click on it leads there. */
  readonly event: string
  readonly title: string
  readonly message: string
}): Promise<void> {
  const { event, title, message } = notice
  const iconUrl = browser.runtime.getURL(ICON)
  await browser.notifications.create(PREFIX + event, { type: 'basic', iconUrl, title, message })
}

/**
 * Calls `open` with the event of a notification that was clicked. Must be called at worker start,
 * before any await.
 */
export function onNotificationClick(open: (event: string) => void): void {
  const clicked = (id: string) => {
    if (!id.startsWith(PREFIX)) return
    void browser.notifications.clear(id)
    open(id.slice(PREFIX.length))
  }
  const listen = () => api()?.onClicked.addListener(clicked)
  listen()
  // A worker that started without the permission has not listened yet; twice is as good as once.
  browser.permissions.onAdded.addListener(({ permissions = [] }) => {
    if (permissions.includes('notifications')) listen()
  })
}
