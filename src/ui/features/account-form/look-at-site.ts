import type { Recognised } from '@/src/domain/recognition'
import { send } from '@/src/messaging/client'
import type { InputOf } from '@/src/messaging/protocol'

type Wanted = InputOf<'sites.recognise'>

/** Recognition where even a message that got lost is only a reason why it went no further. */
export async function lookAtSite({
  origin,
  ...how
}: Pick<Wanted, 'origin'> & {
  /** The tab to look into, if one is known. */
  tabId: number | undefined
  /** Nothing is detected then. */
  siteType: Wanted['siteType']
}): Promise<Recognised> {
  const answer = await send('sites.recognise', {
    origin,
    ...(how.tabId === undefined ? {} : { tabId: how.tabId }),
    ...(how.siteType === undefined ? {} : { siteType: how.siteType }),
  })
  return answer.ok ? answer.value : { recognition: null, detected: null, failure: answer.failure }
}

/** A browser may not tell the id of a tab it opened. */
export function knownTab(tabId: number): number | undefined {
  return tabId >= 0 ? tabId : undefined
}
