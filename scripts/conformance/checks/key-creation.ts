import { randomUUID } from 'node:crypto'

import type { ApiKey, KeyDraft } from '@/src/domain/api-key'
import { unwrap } from '@/src/domain/failure'
import { fitsMask } from '@/src/domain/key-text'
import { isWholeKey } from '@/src/domain/whole-key'

import { expect, NotOffered } from '../ledger'
import type { KeySubject } from './keys'
import { listed } from './key-list'

const DAY_MS = 86_400_000

/** Little enough to lose, and not nothing. */
const SMALL = { points: 5_000, usd: 0.01 } as const

/** A key of this run as the list shows it. */
export interface MadeKey {
  readonly row: ApiKey
  /** Its text as the creation told it; `null` = it told none. */
  readonly told: string | null
}

/** Makes a key with a small limit that ends soon, and finds it in the list. */
export async function createKey(subject: KeySubject): Promise<MadeKey | null> {
  const { ledger } = subject
  const draft = await ledger.check('draft of a key', async () => {
    const value = await draftFor(subject)
    return { value, note: value.group === '' ? '' : `group ${value.group}` }
  })
  if (!draft) return null
  const made = await ledger.check('create key', async () => {
    const value = await create(subject, draft)
    const text = value.key.kind === 'full' ? 'told in full' : 'not told in full'
    return { value, note: text }
  })
  if (!made) return null
  return ledger.check('created key is listed', async () => {
    const row = await listed(subject, made.id)
    expectAsDrafted(row, draft)
    const told = made.key.kind === 'full' ? made.key.text : null
    expectSameText(row, told)
    return { value: { row, told }, note: row.key.kind === 'full' ? 'in full' : 'masked' }
  })
}

async function draftFor(subject: KeySubject): Promise<KeyDraft> {
  const { ctx, adapter, keys, generation, prefix } = subject
  const { create } = keys.features(generation)
  return {
    name: prefix,
    remaining: create.includes('remaining') ? SMALL[adapter.description.unit] : null,
    // Whole seconds: some servers keep no more.
    expiresAtMs: create.includes('expiresAtMs')
      ? Math.floor(ctx.now() / 1000) * 1000 + DAY_MS
      : null,
    modelLimits: [],
    ipLimits: [],
    group: await groupFor(subject),
  }
}

async function groupFor({ ctx, adapter, keys, access, generation }: KeySubject): Promise<string> {
  if (keys.features(generation).groups !== 'required') return ''
  const [first] = unwrap(await adapter.fetchGroups(ctx, access))
  if (!first) throw new NotOffered('the user may use no group, and a key needs one')
  return first.name
}

async function create(subject: KeySubject, draft: KeyDraft): Promise<ApiKey> {
  const { ctx, adapter, keys, access, generation, ledger } = subject
  const before = unwrap(await adapter.listApiKeys(ctx, access, generation))
  const knownIds = new Set(before.keys.map(({ id }) => id))
  const made = unwrap(
    await keys.create(ctx, access, draft, { generation, knownIds, requestId: randomUUID() }),
  )
  expect(made.outcome === 'identified', 'made, but it cannot be told which key it is')
  const { key } = made
  if (key.key.kind === 'full') ledger.hide(key.key.text)
  expect(!knownIds.has(key.id), 'the answer is about a key that was there before')
  const isOnce = keys.features(generation).secret === 'once'
  expect(!isOnce || key.key.kind === 'full', 'its text was not told, and never will be again')
  return key
}

function expectAsDrafted(row: ApiKey, draft: KeyDraft): void {
  expect(row.name === draft.name, 'it has another name')
  expect(row.status === 'enabled', `it is ${row.status}`)
  const { remaining } = draft
  const left = row.remaining?.state === 'unavailable' ? undefined : row.remaining?.value
  expect(remaining === null || left === remaining, 'its limit is not the one asked for')
  const { expiresAtMs } = draft
  if (expiresAtMs === null) return
  // Servers that count in days round up.
  const isInTime =
    row.expiresAtMs !== null &&
    row.expiresAtMs >= expiresAtMs - 1000 &&
    row.expiresAtMs <= expiresAtMs + DAY_MS
  expect(isInTime, 'its expiry is not the one asked for')
}

/** What the list shows must be the key that the creation told. */
function expectSameText({ key }: ApiKey, told: string | null): void {
  if (key.kind === 'full') expect(isWholeKey(key.text), 'what is listed as the key is masked')
  if (told === null) return
  const isSame = key.kind === 'full' ? key.text === told : fitsMask(key.text, told)
  expect(isSame, 'the list shows another key than the one that was told')
}
