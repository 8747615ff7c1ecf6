import * as z from 'zod/mini'

import type { KeyEdit } from '@/src/domain/api-key'
import { raise } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'

import type { Access, SiteContext } from '../adapter'
import { certainly } from '../uncertain'
import type { KeyFamily } from './key-family'
import { namingRefusals } from './key-refusals'
import { type Call, fetchData } from './request'
import type { ApiKeyAnswer } from './schemas'

/**
 * Sends one change of a key, once.
 *
 * @throws `interrupted` when its fate is unknown, `refused` with a reason for known words
 */
export async function change(ctx: SiteContext, access: Access, call: Call): Promise<unknown> {
  // A stop before sending is a plain one: after it, nobody knows.
  if (ctx.signal?.aborted) raise({ class: 'cancelled', path: call.path })
  return namingRefusals(() => certainly(() => fetchData(ctx, access, call, z.unknown())))
}

/** The number servers know a key by. */
export function numberOf(keyId: string): number {
  return /^[1-9]\d{0,15}$/.test(keyId)
    ? Number(keyId)
    : raise({ class: 'input', reason: 'bad-key-id', field: 'keyId' })
}

/** Older servers cut nothing: they refuse what has too many bytes (6.3). */
export function checkName<Row extends ApiKeyAnswer>(
  family: KeyFamily<Row>,
  { name }: KeyEdit,
  generation: Generation,
): void {
  const bytes = new TextEncoder().encode(name ?? '').length
  if (bytes <= family.features(generation).nameBytes) return
  raise({ class: 'input', reason: 'name-too-long', field: 'name' })
}
