import { randomBytes } from 'node:crypto'

/** A user; `username` is the identity, the number never leaves the double. Quotas in units. */
export interface AihubmixUser {
  readonly id: number
  username: string
  displayName: string
  /** `''` = none was made yet. */
  accessToken: string
  quota: number
  usedQuota: number
  requestCount: number
  affCode: string
}

export interface AihubmixKey {
  readonly id: number
  readonly userId: number
  readonly secret: string
  name: string
  status: number
  createdTime: number
  expiredTime: number
  unlimitedQuota: boolean
  remainQuota: number
  usedQuota: number
  models: string
  subnet: string
}

export interface SeedAihubmixUser {
  id: number
  username: string
  displayName?: string
  accessToken?: string
  quota: number
  usedQuota?: number
  requestCount?: number
  affCode?: string
  keys?: { name: string; secret?: string; remainQuota?: number }[]
}

export interface AihubmixState {
  readonly users: Map<number, AihubmixUser>
  readonly keys: Map<number, AihubmixKey>
  /** Value of the `session` cookie → id of its user. */
  readonly sessions: Map<string, number>
  /** Items are names or objects with `model`. */
  availableModels: (string | { model: string })[]
  catalogue: unknown[]
  nextKeyId: number
}

export function newKeySecret(): string {
  return `sk-${randomBytes(24).toString('hex')}`
}

/** Prices are USD per million tokens, not ratios (`contracts/other-sites.md` 5). */
const CATALOGUE = [
  {
    model_id: 'gpt-4o',
    desc: 'OpenAI GPT-4o',
    developer_id: 1,
    types: 'llm',
    endpoints: 'chat_completions',
    pricing: { input: 2.5, output: 10, cache_read: 1.25 },
  },
  {
    model_id: 'claude-sonnet-4',
    desc: 'Anthropic Claude Sonnet 4',
    developer_id: 2,
    types: 'llm',
    endpoints: 'chat_completions,claude_api',
    pricing: { input: 3, output: 15 },
  },
]

function addUser(state: AihubmixState, seed: SeedAihubmixUser, nowSec: number): void {
  state.users.set(seed.id, {
    id: seed.id,
    username: seed.username,
    displayName: seed.displayName ?? seed.username,
    accessToken: seed.accessToken ?? '',
    quota: seed.quota,
    usedQuota: seed.usedQuota ?? 0,
    requestCount: seed.requestCount ?? 0,
    affCode: seed.affCode ?? '',
  })
  for (const { name, secret = newKeySecret(), remainQuota = -1 } of seed.keys ?? []) {
    const id = state.nextKeyId++
    state.keys.set(id, {
      id,
      userId: seed.id,
      secret,
      name,
      status: 1,
      createdTime: nowSec,
      expiredTime: -1,
      unlimitedQuota: remainQuota === -1,
      remainQuota,
      usedQuota: 0,
      models: '',
      subnet: '',
    })
  }
}

export function createAihubmixState(
  users: readonly SeedAihubmixUser[],
  nowSec: number,
): AihubmixState {
  const state: AihubmixState = {
    users: new Map(),
    keys: new Map(),
    sessions: new Map(),
    availableModels: ['gpt-4o', 'claude-sonnet-4'],
    catalogue: [...CATALOGUE],
    nextKeyId: 1,
  }
  for (const seed of users) addUser(state, seed, nowSec)
  return state
}
