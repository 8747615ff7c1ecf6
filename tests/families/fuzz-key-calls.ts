import type { KeyDraft } from '@/src/domain/api-key'
import type { Result } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { Access, KeyOperations, SiteContext } from '@/src/sites/adapter'

import type { Credentials } from './fuzz-secrets'

type KeyCall = (
  keys: KeyOperations,
  ctx: SiteContext,
  access: Access,
  generation: Generation,
  given: Pick<Credentials, 'code'>,
) => Promise<Result<unknown>>

/** Ids as the healthy answers have them, and what must not become part of a path. */
const IDS = ['3', 'f3a', '4'] as const
export const WRONG_IDS = ['..', '../../etc', '//evil.example/x', '3?a=b', '3/key', ''] as const

const PROOF = { token: 'pr00f', expiresAtMs: 1 }

function draftFor(keys: KeyOperations, generation: Generation): KeyDraft {
  const { create, groups } = keys.features(generation)
  return {
    name: 'laptop',
    remaining: create.includes('remaining') ? 5 : null,
    expiresAtMs: create.includes('expiresAtMs') ? 4_000_000_000_000 : null,
    modelLimits: [],
    ipLimits: [],
    group: groups === 'none' ? '' : 'vip',
  }
}

const nothing = (): Promise<Result<unknown>> => Promise.resolve({ ok: true, value: null })

/** Everything a family does with one key, by name. */
export function keyCalls(ids: readonly string[] = IDS): Readonly<Record<string, KeyCall>> {
  const perKey = ids.flatMap((id): [string, KeyCall][] => [
    [`rename ${id}`, (keys, ctx, access, g) => keys.update(ctx, access, id, { name: 'desk' }, g)],
    [`limit ${id}`, (keys, ctx, access, g) => keys.update(ctx, access, id, { remaining: 7 }, g)],
    [
      `disable ${id}`,
      (keys, ctx, access, g) => keys.setEnabled?.(ctx, access, id, false, g) ?? nothing(),
    ],
    [`remove ${id}`, (keys, ctx, access, g) => keys.remove(ctx, access, id, g)],
    [
      `reveal ${id}`,
      (keys, ctx, access, generation) =>
        keys.reveal?.(ctx, access, [id], { generation, atOnce: 1, proof: PROOF }) ?? nothing(),
    ],
  ])
  return {
    fetchModels: (keys, ctx, access) => keys.fetchModels(ctx, access),
    create: (keys, ctx, access, generation) => {
      const options = { generation, knownIds: new Set(['9']), requestId: 'request-1' }
      return keys.create(ctx, access, draftFor(keys, generation), options)
    },
    revealMany: (keys, ctx, access, generation) =>
      keys.reveal?.(ctx, access, ids, { generation, atOnce: ids.length }) ?? nothing(),
    prove: (keys, ctx, access, generation, { code }) =>
      keys.prove?.(ctx, access, code, generation) ?? nothing(),
    ...Object.fromEntries(perKey),
  }
}
