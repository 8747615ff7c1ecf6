import type { AutomationProtocol } from '@/src/messaging/automation-protocol'
import type { HandlersOf } from '@/src/messaging/server'
import { channelOrigin } from '@/src/services/notices/channel-kinds'
import type { Notices } from '@/src/services/notices/notices'

/** @param changed told when a channel came, went or was changed: others may want to know */
export function noticeHandlers(notices: Notices, changed: () => void) {
  const { channels } = notices
  return {
    'notices.channels': () => channels.list(),
    'notices.originOf': ({ config }) => Promise.resolve({ origin: channelOrigin(config) }),
    'notices.save': async (channel) => {
      await channels.save(channel)
      changed()
      return {}
    },
    'notices.remove': async ({ kind }) => {
      await channels.remove(kind)
      changed()
      return {}
    },
    'notices.test': async ({ to }) => {
      await notices.test(to)
      return {}
    },
  } satisfies Partial<HandlersOf<AutomationProtocol>>
}
