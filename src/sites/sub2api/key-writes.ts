import type { KeyDraft, KeyEdit } from '@/src/domain/api-key'
import { failureOf, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { Json } from '@/src/net/transport'

import type { Access, CreatedKey, SiteContext } from '../adapter'
import { expectDraft, expectEdit } from '../expect-draft'
import { expectUser } from '../new-api/identity'
import { keyPath, wrongKey } from '../key-path'
import { certainly } from '../uncertain'
import { toApiKey } from './api-key'
import { classifyAnswer, parseBody } from './classify'
import { fetchGroupId } from './groups'
import { changeBody, creationBody, ipLists } from './key-body'
import { keyFeatures } from './key-features'
import { KEYS } from './keys'
import { factsOf, fetchData, send } from './request'
import { type ApiKeyAnswer, apiKeySchema } from './schemas'

/**
 * Makes a key; the answer has it in full, without its group (`contracts/sub2api.md 8`). The same
 * `requestId` makes one key however often it is sent, where the server takes it.
 */
export function createKey(
  ctx: SiteContext,
  access: Access,
  draft: KeyDraft,
  options: { readonly generation: Generation; readonly requestId: string },
): Promise<Result<CreatedKey>> {
  return settle(async () => {
    expectDraft(draft, keyFeatures(options.generation), ctx.now())
    const body = creationBody(draft, await fetchGroupId(ctx, access, draft.group), ctx.now())
    const row = await postKey(ctx, access, body, options.requestId)
    expectOwn(row, access, KEYS)
    const key = { ...toApiKey(row, ctx.now()), group: draft.group }
    return { outcome: 'identified', key }
  })
}

/** Changes what the edit names, and reads the key first for what has to be sent along. */
export function updateKey(
  ctx: SiteContext,
  access: Access,
  keyId: string,
  edit: KeyEdit,
  generation: Generation,
): Promise<Result<null>> {
  return settle(async () => {
    expectEdit(edit, keyFeatures(generation), ctx.now())
    const row = await fetchKey(ctx, access, keyId)
    const changesGroup = edit.group !== undefined && edit.group !== row.group?.name
    const groupId = changesGroup ? await fetchGroupId(ctx, access, edit.group ?? '') : undefined
    return putKey(ctx, access, keyId, changeBody(row, edit, groupId))
  })
}

export function setKeyEnabled(
  ctx: SiteContext,
  access: Access,
  keyId: string,
  enabled: boolean,
): Promise<Result<null>> {
  return settle(async () => {
    const row = await fetchKey(ctx, access, keyId)
    const status = enabled ? 'active' : 'inactive'
    return putKey(ctx, access, keyId, { status, ...ipLists(row) })
  })
}

export function removeKey(ctx: SiteContext, access: Access, keyId: string): Promise<Result<null>> {
  return settle(() => {
    const path = pathOf(keyId)
    return certainly(async () => {
      const response = await send(ctx, access, { method: 'DELETE', path })
      // Unknown paths answer plain text: JSON is the panel's word that there is no such key.
      if (response.status === 404 && parseBody(response) !== null) return null
      unwrap(classifyAnswer(response, factsOf(access, path)))
      return null
    })
  })
}

async function postKey(
  ctx: SiteContext,
  access: Access,
  body: Json,
  idempotencyKey: string,
): Promise<ApiKeyAnswer> {
  const call = { method: 'POST', path: KEYS, body, idempotencyKey } as const
  try {
    return await certainly(() => fetchData(ctx, access, call, apiKeySchema))
  } catch (thrown) {
    const failure = failureOf(thrown)
    // An earlier try is still being worked on: what becomes of it is not known yet.
    if (failure.reason !== 'idempotency-in-progress') throw thrown
    return raise({ ...failure, class: 'interrupted', reason: 'uncertain' }, thrown)
  }
}

async function fetchKey(ctx: SiteContext, access: Access, keyId: string): Promise<ApiKeyAnswer> {
  const path = pathOf(keyId)
  const row = await fetchData(ctx, access, { path }, apiKeySchema)
  expectThat(row, access, keyId, path)
  return row
}

async function putKey(ctx: SiteContext, access: Access, keyId: string, body: Json): Promise<null> {
  const path = pathOf(keyId)
  const call = { method: 'PUT', path, body } as const
  return certainly(async () => {
    expectThat(await fetchData(ctx, access, call, apiKeySchema), access, keyId, path)
    return null
  })
}

const pathOf = (keyId: string) => keyPath({ list: KEYS, form: /^\d{1,18}$/ }, keyId)

/** The answer is about that key of that user. */
function expectThat(row: ApiKeyAnswer, access: Access, keyId: string, path: string): void {
  expectOwn(row, access, path)
  if (String(row.id) === keyId) return
  raise(wrongKey(path))
}

function expectOwn({ user_id: owner }: ApiKeyAnswer, access: Access, path: string): void {
  if (owner !== undefined) expectUser(owner, access, path)
}
