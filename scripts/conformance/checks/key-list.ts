import type { ApiKey } from '@/src/domain/api-key'
import { unwrap } from '@/src/domain/failure'

import { expect } from '../ledger'
import type { KeySubject } from './keys'

/** The keys this run made, as the site lists them now. */
export async function ownKeys(subject: KeySubject): Promise<readonly ApiKey[]> {
  const { ctx, adapter, access, generation, prefix } = subject
  const { keys } = unwrap(await adapter.listApiKeys(ctx, access, generation))
  return keys.filter(({ name }) => name.startsWith(prefix))
}

/** The key as it is listed now. @throws Broken when it is not */
export async function listed(subject: KeySubject, id: string): Promise<ApiKey> {
  const { ctx, adapter, access, generation } = subject
  const { keys } = unwrap(await adapter.listApiKeys(ctx, access, generation))
  const key = keys.find((one) => one.id === id)
  expect(key !== undefined, 'it is not in the list')
  if (key.key.kind === 'full') subject.ledger.hide(key.key.text)
  return key
}

/** Names of what differs between two looks at a key; when it was used is nobody's decision. */
export function differences(before: ApiKey, after: ApiKey, changed: Partial<ApiKey>): string[] {
  const wanted: ApiKey = { ...before, ...changed, lastUsedAtMs: after.lastUsedAtMs }
  const names = Object.keys(wanted) as (keyof ApiKey)[]
  return names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(after[name]))
}
