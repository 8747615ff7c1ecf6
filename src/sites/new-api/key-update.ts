import * as z from 'zod/mini'

import type { KeyEdit } from '@/src/domain/api-key'
import { type Failure, failureOf, raise } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import { readShape } from '@/src/net/envelope'

import type { Access, SiteContext } from '../adapter'
import { expectUser } from './identity'
import { change, checkName, numberOf } from './key-change'
import type { KeyFamily, WireKey } from './key-family'
import { KEYS, readApiKeys } from './keys'
import { fetchData } from './request'
import type { ApiKeyAnswer } from './schemas'

const ENABLED = 1
const DISABLED = 2

/**
 * `PUT /api/token/` replaces a key whole (`contracts/new-api.md 6.2`): it is read first, and what the
 * edit leaves out is sent back as it was, fields of newer builds and of forks among it.
 */
export async function updateKey<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
  keyId: string,
  edit: KeyEdit,
  generation: Generation,
): Promise<null> {
  checkName(family, edit, generation)
  await family.confirmOwner?.(ctx, access)
  const before = await readWireKey(family, ctx, access, keyId)
  // No server takes the key's text from here; a masked one must not even be offered.
  const { key: _key, DeletedAt: _deleted, ...kept } = before
  const body = { ...kept, ...family.fieldsOf(edit, before, generation) }
  await change(ctx, access, { path: KEYS, method: 'PUT', body })
  return null
}

/** `PUT` of the status alone. Enabling what is expired or exhausted is refused (6.2). */
export async function setKeyEnabled<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
  keyId: string,
  enabled: boolean,
): Promise<null> {
  const body = { id: numberOf(keyId), status: enabled ? ENABLED : DISABLED }
  const query = { status_only: family.statusOnly }
  await family.confirmOwner?.(ctx, access)
  await change(ctx, access, { path: KEYS, method: 'PUT', query, body })
  return null
}

/** `DELETE /api/token/:id`; a key that the list does not have any more was removed before. */
export async function removeKey<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
  keyId: string,
): Promise<null> {
  const path = `${KEYS}${String(numberOf(keyId))}`
  await family.confirmOwner?.(ctx, access)
  try {
    await change(ctx, access, { path, method: 'DELETE' })
  } catch (thrown) {
    const isGone = saysNo(failureOf(thrown)) && (await isMissing(family, ctx, access, keyId))
    if (!isGone) throw thrown
  }
  return null
}

const saysNo = ({ class: kind }: Failure): boolean =>
  kind === 'refused' || kind === 'not-found' || kind === 'unsupported'

async function isMissing<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
  keyId: string,
): Promise<boolean> {
  const { keys, complete } = await readApiKeys(ctx, access, family.form)
  // An empty list names nobody.
  await family.confirmOwner?.(ctx, access)
  return complete && keys.every(({ id }) => id !== keyId)
}

async function readWireKey<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
  keyId: string,
): Promise<WireKey> {
  const id = numberOf(keyId)
  const path = `${KEYS}${String(id)}`
  const wire = await fetchData(ctx, access, { path }, z.record(z.string(), z.json()))
  const row = readShape(wire, family.form.schema, { path })
  if (row.user_id !== undefined) expectUser(row.user_id, access, path)
  return row.id === id ? wire : raise({ class: 'changed-api', reason: 'another-row', path })
}
