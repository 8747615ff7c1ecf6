import type { RelayCore, Route } from './context'
import { isSince } from './generation'
import { ok } from '../kit/reply'
import { statusView } from './status-view'
import type { RelayState } from './state'

function textRoute(
  path: string,
  pick: (texts: RelayState['texts']) => string,
  isIn: (relay: RelayCore) => boolean = () => true,
): Route {
  return {
    method: 'GET',
    path,
    auth: 'none',
    isIn,
    handle: ({ relay }) => ok(pick(relay.state.texts)),
  }
}

const isNewer = ({ generation }: RelayCore): boolean => isSince(generation, 'g1b')

/** What anybody may read: status, texts and group names (`contracts/new-api.md` 3.1, 3.2, 4.2). */
export const siteRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/status',
    auth: 'none',
    handle: ({ relay }) => ok(statusView(relay)),
  },
  textRoute('/api/notice', (texts) => texts.notice),
  textRoute('/api/about', (texts) => texts.about),
  textRoute('/api/home_page_content', (texts) => texts.homePage),
  textRoute('/api/user-agreement', (texts) => texts.agreement, isNewer),
  textRoute('/api/privacy-policy', (texts) => texts.privacy, isNewer),
  { method: 'GET', path: '/api/uptime/status', auth: 'none', isIn: isNewer, handle: () => ok([]) },
  {
    method: 'GET',
    path: '/api/setup',
    auth: 'none',
    isIn: ({ generation }) => isSince(generation, 'g0'),
    handle: () => ok({ status: true, root_init: true, database_type: 'sqlite' }),
  },
  {
    method: 'GET',
    path: '/api/user/groups',
    auth: 'none',
    isIn: ({ generation }) => isSince(generation, 'g0'),
    handle: ({ relay }) => ok(relay.groups),
  },
]
