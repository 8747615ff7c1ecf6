import type { Route, UserContext } from './context'
import { ok } from '../kit/reply'

/** `普通分组=x 1.5倍`; the pseudo-group with a text ratio stays an object. */
function groupValue({ ratio, desc }: { ratio: number | string; desc: string }) {
  return typeof ratio === 'number' ? `${desc}=x ${ratio}倍` : { desc, ratio }
}

function groups({ relay }: UserContext) {
  const entries = Object.entries(relay.groups).map(([name, group]) => [name, groupValue(group)])
  return ok(Object.fromEntries(entries))
}

/** What V-API answers in its own way (`contracts/other-sites.md` 7.3). */
export const vApiRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/user/available_models',
    auth: 'user',
    handle: ({ relay }) => ok(relay.state.models),
  },
  { method: 'GET', path: '/api/user/self/groups', auth: 'user', handle: groups },
]
