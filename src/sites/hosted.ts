import { failed, ok, type Result } from '@/src/domain/failure'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteStatus } from '@/src/domain/snapshot'

import type { Detection, SiteAdapter, SiteContext } from './adapter'
import { unknownDay } from './new-api/today'

/** The description of a service that exists once. */
export type HostedDescription = SiteDescription & {
  readonly hosted: NonNullable<SiteDescription['hosted']>
}

type HostedOperation =
  | 'description'
  | 'pageStorageKeys'
  | 'detect'
  | 'readSession'
  | 'openSession'
  | 'probeGeneration'
  | 'fetchStatus'
  | 'fetchTodayUse'
  | 'refresh'
  | 'fetchGroups'
  | 'createAccessToken'

/** No page of the service gives a login away: the user pastes a token. */
export const NO_PAGE_LOGIN: Result<never> = failed({
  class: 'unsupported',
  reason: 'no-page-login',
})

/**
 * What services that exist once have in common (`contracts/other-sites.md 4, 5`): they are known by
 * their host name, prove users by a token alone, and tell neither groups nor the use of a day.
 */
export function hostedOperations(
  description: HostedDescription,
  status: SiteStatus,
  fetchFigures: SiteAdapter['fetchFigures'],
): Pick<SiteAdapter, HostedOperation> {
  return {
    description,
    pageStorageKeys: [],
    detect: (ctx) => Promise.resolve(ok(detectByHost(ctx, description, status))),
    readSession: () => Promise.resolve(NO_PAGE_LOGIN),
    openSession: () => Promise.resolve(NO_PAGE_LOGIN),
    probeGeneration: () => Promise.resolve(ok('hosted')),
    fetchStatus: () => Promise.resolve(ok(status)),
    fetchTodayUse: (_ctx, _access, day) =>
      Promise.resolve(ok(unknownDay(day.dayKey, 'unsupported'))),
    refresh: async (ctx, access, day) => {
      const figures = await fetchFigures(ctx, access)
      if (!figures.ok) return figures
      return ok({ figures: figures.value, today: unknownDay(day.dayKey, 'unsupported') })
    },
    fetchGroups: () => Promise.resolve(failed({ class: 'unsupported', reason: 'no-groups' })),
    createAccessToken: () =>
      Promise.resolve(failed({ class: 'unsupported', reason: 'made-by-hand' })),
  }
}

/** Whether the origin is the service's, without asking it (`contracts/other-sites.md 9`). */
function detectByHost(
  { origin }: SiteContext,
  { type, hosted }: HostedDescription,
  status: SiteStatus,
): Detection | null {
  const isOurs = hosted.hosts.some((host) => origin === `https://${host}`)
  return isOurs ? { siteType: type, evidence: [{ sign: 'host' }], status } : null
}
