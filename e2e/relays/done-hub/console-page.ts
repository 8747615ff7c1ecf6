import { consoleFrame } from '../kit/console-frame'
import { CONSOLE_SCRIPT } from './console-script'
import type { HubCore } from './context'

/** The front end. Its raw title is that of the product, not of the site (`contracts/donehub.md` 2). */
export function consolePage(relay: HubCore): string {
  return consoleFrame({
    title: relay.isDoneHub ? 'Done Hub' : 'One Hub',
    heading: relay.systemName,
    script: CONSOLE_SCRIPT,
  })
}
