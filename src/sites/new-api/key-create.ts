import * as z from 'zod/mini'

import type { ApiKey, KeyDraft } from '@/src/domain/api-key'
import { failureOf } from '@/src/domain/failure'
import { isWholeKey } from '@/src/domain/whole-key'
import type { Generation } from '@/src/domain/site-type'

import type { Access, CreatedKey, SiteContext } from '../adapter'
import { withPrefix } from './api-key'
import { expectUser } from './identity'
import { change, checkName } from './key-change'
import type { KeyFamily } from './key-family'
import { KEYS, readNewestKeys } from './keys'
import type { ApiKeyAnswer } from './schemas'

/** Nothing upstream, `{id,key}` or `{key}` in forks and DoneHub, the whole row at One API (6.5). */
const madeSchema = z.catch(
  z.object({ id: z.optional(z.int()), key: z.optional(z.string()) }),
  () => ({}),
)

type Made = z.infer<typeof madeSchema>

/**
 * `POST /api/token/`, once. Where the answer does not tell the key, it is looked for in the list; a
 * list that cannot be read leaves it unidentified, for it exists all the same.
 */
export async function createKey<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
  draft: KeyDraft,
  options: { readonly generation: Generation; readonly knownIds: ReadonlySet<string> },
): Promise<CreatedKey> {
  const { generation, knownIds } = options
  checkName(family, draft, generation)
  const body = { remain_quota: 0, ...family.fieldsOf(draft, {}, generation) }
  const call = { path: KEYS, method: 'POST', body } as const
  await family.confirmOwner?.(ctx, access)
  const answer = await change(ctx, access, call)
  const row = family.form.schema.safeParse(answer)
  if (row.success) {
    if (row.data.user_id !== undefined) expectUser(row.data.user_id, access, KEYS)
    return { outcome: 'identified', key: family.form.toApiKey(row.data, ctx.now()) }
  }
  const made = madeSchema.parse(answer)
  const rows = await newestOf(family, ctx, access)
  const found = rows.filter((key) =>
    made.id === undefined
      ? key.name === draft.name && !knownIds.has(key.id)
      : key.id === String(made.id),
  )
  const [key] = found
  if (!key || found.length > 1) return { outcome: 'unidentified' }
  return { outcome: 'identified', key: { ...key, key: textOf(made, key) } }
}

/** The first page of the list; none of it where it cannot be had, unless it is somebody else's. */
async function newestOf<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  ctx: SiteContext,
  access: Access,
): Promise<readonly ApiKey[]> {
  try {
    return await readNewestKeys(ctx, access, family.form)
  } catch (thrown) {
    if (failureOf(thrown).class === 'identity') throw thrown
    return []
  }
}

function textOf(made: Made, listed: ApiKey): ApiKey['key'] {
  const text = withPrefix(made.key ?? '')
  return isWholeKey(text) ? { kind: 'full', text } : listed.key
}
