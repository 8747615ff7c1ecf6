import { failed, type Failure, ok, type Result } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { Access, Refreshed, SiteAdapter } from '@/src/sites/adapter'

import { makeFigures, makeToday } from './make'

/** Scripted answers; `calls` tells which operations ran, in order. */
export interface FakeSite {
  readonly adapter: SiteAdapter
  readonly calls: string[]
  refresh: (access: Access) => Result<Refreshed> | Promise<Result<Refreshed>>
  generation: Generation
  session: (userId: string) => Result<Access>
  token: () => Result<string>
}

const unused = () => Promise.resolve(failed({ class: 'unsupported' }))

/** An adapter whose site exists only as functions a test can swap. */
export function makeFakeSite(): FakeSite {
  const calls: string[] = []
  const noted = <T>(name: string, answer: T | Promise<T>): Promise<T> => {
    calls.push(name)
    return Promise.resolve(answer)
  }
  const site: FakeSite = {
    calls,
    refresh: () => ok({ figures: makeFigures(), today: makeToday() }),
    generation: 'g1b',
    session: (userId) => ok({ kind: 'cookie', userId }),
    token: () => ok('a-new-access-token'),
    adapter: {
      description: {
        type: 'new-api',
        label: 'New API',
        authModes: ['token', 'cookie'],
        userId: 'needed',
        unit: 'points',
        capabilities: ['today-use', 'access-token'],
        endpoints: { chat: '', responses: '', anthropic: '', google: '' },
        routes: { login: '/', profile: '/', keys: '/', usageLog: '/', topUp: '/' },
      },
      pageStorageKeys: ['user'],
      detect: unused,
      identify: unused,
      readSession: unused,
      openSession: (_, userId) => noted('openSession', site.session(userId)),
      probeGeneration: () => noted('probe', ok(site.generation)),
      fetchStatus: () => noted('status', ok({ quotaPerUnit: 500_000 })),
      fetchFigures: () => noted('figures', ok(makeFigures())),
      fetchTodayUse: () => noted('today', ok(makeToday())),
      refresh: (_, access) => noted(`refresh:${access.kind}`, site.refresh(access)),
      fetchGroups: unused,
      listApiKeys: unused,
      createAccessToken: () => noted('createToken', site.token()),
    },
  }
  return site
}

export const refusal = (failure: Failure) => (): Result<never> => failed(failure)
