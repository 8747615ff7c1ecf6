import { ok } from '../kit/reply'
import type { HubCore, Route } from './context'
import type { HubState } from './state'
import { statusView } from './status-view'

type Texts = HubState['texts']

function textRoute(path: string, name: keyof Texts, isIn: (relay: HubCore) => boolean): Route {
  return {
    method: 'GET',
    path,
    auth: 'none',
    isIn,
    handle: ({ relay }) => ok(relay.state.texts[name]),
  }
}

const isAny = (): boolean => true
const isDoneHub = (relay: HubCore): boolean => relay.isDoneHub

/** Status and texts, which anybody may read (`contracts/donehub.md` 2, 5.2). */
export const siteRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/status',
    auth: 'none',
    handle: ({ relay }) => ok(statusView(relay)),
  },
  textRoute('/api/notice', 'notice', isAny),
  textRoute('/api/about', 'about', isAny),
  textRoute('/api/home_page_content', 'homePage', isAny),
  textRoute('/api/user_agreement', 'agreement', isDoneHub),
  textRoute('/api/privacy_policy', 'privacy', isDoneHub),
]
