import * as z from 'zod/mini'

import type { Bytes } from '@/src/crypto/envelope'
import { isFailureError, raise } from '@/src/domain/failure'

import type { Migration } from './migrations/chain'
import { migrateRecord } from './migrations/migrate'
import type { StoreDeclaration } from './stores'

/** Plaintext of every record: what it says and which version of the shape that is. */
const plaintextSchema = z.object({ version: z.int(), record: z.unknown() })

/**
 * A record as the bytes to be sealed: UTF-8 JSON with its version.
 *
 * @throws `storage`/`invalid` when it does not fit its schema: a defect of the caller.
 */
export function encodeRecord<Stored extends { id: string }>(
  { schema, version }: StoreDeclaration<Stored>,
  record: Stored,
): Bytes {
  const parsed = z.safeParse(schema(), record)
  // The parser's message may quote values of the record: it goes nowhere.
  if (!parsed.success) return raise({ class: 'storage', reason: 'invalid' })
  return new TextEncoder().encode(JSON.stringify({ version, record: parsed.data }))
}

/**
 * The record in opened bytes, brought to its current version.
 *
 * @throws `storage`/`unreadable` (not what {@link encodeRecord} makes, or of a version there is no
 *   way from) or `storage`/`invalid` (does not fit the schema, or says another id).
 */
export function decodeRecord<Stored extends { id: string }>(
  { schema, version }: StoreDeclaration<Stored>,
  chain: readonly Migration[],
  { store, id }: { store: string; id: string },
  bytes: Bytes,
): Stored {
  const plaintext = parsePlaintext(bytes)
  const path = { store, from: plaintext.version, to: version }
  const parsed = z.safeParse(schema(), migrated(chain, path, plaintext.record))
  if (!parsed.success || parsed.data.id !== id) {
    return raise({ class: 'storage', reason: 'invalid' })
  }
  return parsed.data
}

function parsePlaintext(bytes: Bytes): z.infer<typeof plaintextSchema> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return z.parse(plaintextSchema, JSON.parse(text))
  } catch {
    // Neither a JSON error nor a schema error may carry parts of the record away as a cause.
    return raise({ class: 'storage', reason: 'unreadable' })
  }
}

function migrated(
  chain: readonly Migration[],
  path: { store: string; from: number; to: number },
  record: unknown,
): unknown {
  try {
    return migrateRecord(chain, path, record)
  } catch (thrown) {
    if (isFailureError(thrown)) throw thrown
    return raise({ class: 'storage', reason: 'invalid' })
  }
}
