import * as z from 'zod/mini'

import type { ApiKey, KeyDraft, KeyEdit, KeyFeatures } from '@/src/domain/api-key'
import { failureOf, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import type { Json } from '@/src/net/transport'

import type { Access, CreatedKey, SiteContext } from '../adapter'
import { expectDraft, expectEdit } from '../expect-draft'
import { keyPath, wrongKey } from '../key-path'
import { certainly } from '../uncertain'
import { fetchSelf } from './account'
import { keyOf, toApiKey } from './api-key'
import { expectOwn, KEYS, listApiKeys } from './keys'
import { fetchPayload, proofOf } from './request'
import { type ApiKeyAnswer, apiKeySchema, secretSchema } from './schemas'

/** What keys can be given (`contracts/other-sites.md 5`); the name as its lineage takes it. */
export const KEY_FEATURES: KeyFeatures = {
  create: ['name', 'remaining', 'expiresAtMs', 'modelLimits', 'ipLimits'],
  edit: ['name', 'remaining', 'expiresAtMs', 'modelLimits', 'ipLimits'],
  nameBytes: 30,
  groups: 'none',
  ipForm: 'range',
  expiryInDays: false,
  canDisable: false,
  canRemove: true,
  secret: 'once',
}

/** Makes a key; only this answer shows it, whatever else of the key it tells. */
export function createKey(
  ctx: SiteContext,
  access: Access,
  draft: KeyDraft,
  { knownIds }: { readonly knownIds: ReadonlySet<string> },
): Promise<Result<CreatedKey>> {
  return settle(async () => {
    expectDraft(draft, KEY_FEATURES, ctx.now())
    const self = await fetchSelf(ctx, access)
    const call = { method: 'POST', path: KEYS, body: bodyOf(draft) } as const
    const answer = await certainly(() => fetchPayload(ctx, proofOf(access), call, z.unknown()))
    const row = apiKeySchema.safeParse(answer)
    if (!row.success) return findKey(ctx, access, draft.name, knownIds, answer)
    expectOwn([row.data], self)
    // An answer about another key than the one that was made.
    if (knownIds.has(row.data.id)) return { outcome: 'unidentified' }
    return { outcome: 'identified', key: toApiKey(row.data, ctx.now()) }
  })
}

/** Reads the key first: the service replaces it whole. */
export function updateKey(
  ctx: SiteContext,
  access: Access,
  keyId: string,
  edit: KeyEdit,
): Promise<Result<null>> {
  return settle(async () => {
    expectEdit(edit, KEY_FEATURES, ctx.now())
    const path = pathOf(keyId)
    const self = await fetchSelf(ctx, access)
    const proof = proofOf(access)
    const row = await fetchPayload(ctx, proof, { path }, apiKeySchema)
    expectOwn([row], self)
    if (row.id !== keyId) raise(wrongKey(path))
    const body = { ...bodyOf({ ...draftOf(row), ...given(edit) }), id: wireId(keyId) }
    const call = { method: 'PUT', path: KEYS, body } as const
    return certainly(async () => {
      const answer = apiKeySchema.safeParse(await fetchPayload(ctx, proof, call, z.unknown()))
      if (answer.success && answer.data.id !== keyId) raise(wrongKey(KEYS))
      return null
    })
  })
}

/**
 * A refusal does not say whether the key was there: then the list tells. What is not in it any more
 * counts as removed.
 */
export function removeKey(ctx: SiteContext, access: Access, keyId: string): Promise<Result<null>> {
  return settle(async () => {
    const path = pathOf(keyId)
    await fetchSelf(ctx, access)
    const call = { method: 'DELETE', path } as const
    try {
      await certainly(() => fetchPayload(ctx, proofOf(access), call, z.unknown()))
    } catch (thrown) {
      if (!['refused', 'unsupported', 'not-found'].includes(failureOf(thrown).class)) throw thrown
      const { keys, complete } = unwrap(await listApiKeys(ctx, access))
      if (!complete || keys.some(({ id }) => id === keyId)) throw thrown
    }
    return null
  })
}

/** The key that was not there before, where the answer of its creation does not describe it. */
async function findKey(
  ctx: SiteContext,
  access: Access,
  name: string,
  knownIds: ReadonlySet<string>,
  answer: unknown,
): Promise<CreatedKey> {
  const list = await listApiKeys(ctx, access)
  const fresh = list.ok ? list.value.keys.filter((key) => !knownIds.has(key.id)) : []
  const [found, ...others] = fresh
  if (found?.name !== name || others.length > 0) return { outcome: 'unidentified' }
  const told = keyOf(secretSchema.parse(answer))
  return { outcome: 'identified', key: told.kind === 'full' ? { ...found, key: told } : found }
}

type Decisions = Pick<KeyDraft, 'name' | 'remaining' | 'expiresAtMs' | 'modelLimits' | 'ipLimits'>

function bodyOf(key: Decisions): Readonly<Record<string, Json>> {
  const { name, remaining, expiresAtMs } = key
  return {
    name,
    expired_time: expiresAtMs === null ? -1 : Math.floor(expiresAtMs / 1000),
    unlimited_quota: remaining === null,
    remain_quota: remaining === null ? -1 : Math.round(remaining),
    models: key.modelLimits.join(','),
    subnet: key.ipLimits.join(','),
  }
}

/** What the key was given so far. */
function draftOf(row: ApiKeyAnswer): Decisions {
  const key: ApiKey = toApiKey(row, 0)
  return { ...key, remaining: key.remaining === null ? null : row.remain_quota }
}

/** The edit without what it leaves as it is. */
const given = (edit: KeyEdit): Partial<Decisions> =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))

const pathOf = (keyId: string) => keyPath({ list: KEYS, form: /^[\w-]{1,64}$/ }, keyId)

/** Ids are numbers on the wire wherever they look like it. */
const wireId = (keyId: string): string | number =>
  /^\d{1,15}$/.test(keyId) ? Number(keyId) : keyId
