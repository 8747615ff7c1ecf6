import type { KeyDraft, KeyEdit, KeyFeatures } from '@/src/domain/api-key'
import { failureOf, raise, type Result, settle } from '@/src/domain/failure'
import type { Json } from '@/src/net/transport'

import type { Access, CreatedKey, SiteContext } from '../adapter'
import { expectDraft, expectEdit } from '../expect-draft'
import { keyPath, wrongKey } from '../key-path'
import { certainly } from '../uncertain'
import { toApiKey } from './api-key'
import { provenKey } from './identity'
import { limitFor } from './limit'
import { fetchBody, fetchData } from './request'
import { type ApiKeyAnswer, apiKeySchema, createdKeySchema, removedSchema } from './schemas'

const PATH = '/keys'
const SHOWN = `/api/v1${PATH}`

/**
 * What keys can be given (`contracts/other-sites.md 4`); their expiry can never be changed. The
 * contract names no longest name: this many bytes are short of any.
 */
export const KEY_FEATURES: KeyFeatures = {
  create: ['name', 'remaining', 'expiresAtMs'],
  edit: ['name', 'remaining'],
  nameBytes: 100,
  groups: 'none',
  ipForm: 'none',
  expiryInDays: false,
  canDisable: true,
  canRemove: true,
  secret: 'once',
}

/** Makes a key in the default workspace; only this answer shows it. */
export function createKey(
  ctx: SiteContext,
  access: Access,
  draft: KeyDraft,
  { knownIds }: { readonly knownIds: ReadonlySet<string> },
): Promise<Result<CreatedKey>> {
  return settle(async () => {
    expectDraft(draft, KEY_FEATURES, ctx.now())
    const body = creationBody(draft)
    const manager = await provenKey(ctx, access)
    const call = { method: 'POST', path: PATH, body } as const
    const made = await certainly(async () => {
      const answer = await fetchBody(ctx, manager, call, createdKeySchema)
      return knownIds.has(answer.data.hash) ? raise(wrongKey(SHOWN, 'body.data.hash')) : answer
    })
    const key = {
      ...toApiKey(made.data, ctx.now()),
      key: { kind: 'full', text: made.key },
    } as const
    return { outcome: 'identified', key }
  })
}

/** Sends what changes and nothing else: the service keeps the rest. */
export function updateKey(
  ctx: SiteContext,
  access: Access,
  keyId: string,
  edit: KeyEdit,
): Promise<Result<null>> {
  return settle(async () => {
    expectEdit(edit, KEY_FEATURES, ctx.now())
    const path = pathOf(keyId)
    const manager = await provenKey(ctx, access)
    const { name, remaining } = edit
    const row =
      remaining === undefined
        ? undefined
        : await ofThat(keyId, () => fetchData(ctx, manager, { path }, apiKeySchema))
    const limit = row && remaining !== undefined ? { limit: limitFor(remaining, row) } : {}
    return patch(ctx, manager, keyId, { ...(name === undefined ? {} : { name }), ...limit })
  })
}

export function setKeyEnabled(
  ctx: SiteContext,
  access: Access,
  keyId: string,
  enabled: boolean,
): Promise<Result<null>> {
  return settle(async () => {
    pathOf(keyId)
    return patch(ctx, await provenKey(ctx, access), keyId, { disabled: !enabled })
  })
}

export function removeKey(ctx: SiteContext, access: Access, keyId: string): Promise<Result<null>> {
  return settle(async () => {
    const path = pathOf(keyId)
    const manager = await provenKey(ctx, access)
    try {
      await certainly(() => fetchBody(ctx, manager, { method: 'DELETE', path }, removedSchema))
    } catch (thrown) {
      if (failureOf(thrown).httpStatus !== 404) throw thrown
    }
    return null
  })
}

function creationBody({ name, remaining, expiresAtMs }: KeyDraft): Json {
  return {
    name,
    limit: remaining,
    ...(expiresAtMs === null ? {} : { expires_at: new Date(expiresAtMs).toISOString() }),
  }
}

async function patch(ctx: SiteContext, manager: string, keyId: string, body: Json): Promise<null> {
  const call = { method: 'PATCH', path: pathOf(keyId), body } as const
  await certainly(() => ofThat(keyId, () => fetchData(ctx, manager, call, apiKeySchema)))
  return null
}

/** The answer is about that key. */
async function ofThat(keyId: string, ask: () => Promise<ApiKeyAnswer>): Promise<ApiKeyAnswer> {
  const row = await orMissing(ask)
  return row.hash === keyId ? row : raise(wrongKey(SHOWN, 'data.hash'))
}

/** A 404 at this path means the key, not the route. */
async function orMissing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (thrown) {
    const failure = failureOf(thrown)
    if (failure.httpStatus !== 404) throw thrown
    return raise({ ...failure, class: 'not-found', reason: 'no-such-key' }, thrown)
  }
}

const pathOf = (keyId: string) =>
  keyPath({ list: PATH, form: /^[\w-]{1,200}$/, shown: SHOWN }, keyId)
