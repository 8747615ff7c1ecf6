import type { CredentialState, CredentialView, Tag } from '@/src/domain/credential'
import { dayKey } from '@/src/domain/day-key'
import { complete } from '@/src/domain/metric'

const idOf = (kind: string, index: number) => `${kind}_${index.toString(16).padStart(32, '0')}`

export const credentialId = (index: number): string => idOf('cred', index)

export function makeTag(index: number, name: string): Tag {
  return { id: idOf('tag', index), name, createdAtMs: 1 }
}

/** What a credential's server told: $10 left, $1 used today. */
export function makeState(index: number, given: Partial<CredentialState> = {}): CredentialState {
  const now = Date.now()
  return {
    id: credentialId(index),
    attemptAtMs: now - 60_000,
    successAtMs: now - 60_000,
    health: 'healthy',
    source: 'new-api-token',
    unlimited: false,
    balanceUsd: complete(10),
    todayCostUsd: complete(1),
    todayRequests: complete(42),
    todayTokens: complete(1234),
    totalUsedUsd: complete(5),
    totalGrantedUsd: complete(15),
    models: { count: 2, first: ['gpt-4o', 'gpt-4o-mini'] },
    dayKey: dayKey(now),
    attempts: [],
    ...given,
  }
}

interface Given extends Partial<Omit<CredentialView, 'decided'>> {
  readonly decided?: Partial<CredentialView['decided']>
}

/** A credential nobody has asked about yet. */
export function makeCredential(index: number, given: Given = {}): CredentialView {
  return {
    id: credentialId(index),
    createdAtMs: index,
    updatedAtMs: 1000 - index,
    shown: `sk-cred${String(index)}****************tail`,
    fingerprint: String(index),
    refreshing: false,
    granted: true,
    ...given,
    decided: {
      name: `Credential ${String(index)}`,
      baseUrl: `https://api${String(index)}.example`,
      apiType: 'openai-compatible',
      tagIds: [],
      notes: '',
      query: { mode: 'auto' },
      ...given.decided,
    },
  }
}
