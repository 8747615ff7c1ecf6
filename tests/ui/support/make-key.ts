import type { KeyFeatures, KeyRow } from '@/src/domain/api-key'
import type { GlanceRow } from '@/src/domain/glance'
import type { KeyListView } from '@/src/domain/key-list'
import { complete } from '@/src/domain/metric'
import type { InputOf, MessageName, OutputOf } from '@/src/messaging/protocol'

/** A family that can do everything Relaydeck knows. */
export const FULL: KeyFeatures = {
  create: ['name', 'remaining', 'expiresAtMs', 'modelLimits', 'ipLimits', 'group'],
  edit: ['name', 'remaining', 'expiresAtMs', 'modelLimits', 'ipLimits', 'group'],
  nameBytes: 30,
  groups: 'optional',
  ipForm: 'range',
  expiryInDays: false,
  canDisable: true,
  canRemove: true,
  secret: 'reveal',
}

/** A family whose keys can only be looked at. */
export const BARE: KeyFeatures = {
  ...FULL,
  create: [],
  edit: [],
  groups: 'none',
  ipForm: 'none',
  canDisable: false,
  canRemove: false,
}

/** An enabled, unlimited key of an account, whose full text the site shows when asked. */
export function makeKey(accountId: string, index: number, given: Partial<KeyRow> = {}): KeyRow {
  return {
    id: String(index),
    name: `key ${String(index)}`,
    status: 'enabled',
    remaining: null,
    used: complete(500_000),
    createdAtMs: Date.UTC(2026, 0, 2),
    lastUsedAtMs: null,
    expiresAtMs: null,
    group: 'default',
    modelLimits: [],
    ipLimits: [],
    accountId,
    shown: `sk-ab${String(index)}**********yz`,
    secret: 'hidden',
    ...given,
  }
}

export function makeList(
  account: GlanceRow,
  rows: KeyRow[],
  given: Partial<KeyListView> = {},
): KeyListView {
  return {
    accountId: account.id,
    state: 'ready',
    atMs: Date.now(),
    complete: true,
    rows,
    groups: [
      { name: 'default', ratio: 1, description: 'Everyone' },
      { name: 'vip', ratio: 1.5, description: 'Paid' },
    ],
    features: FULL,
    ...given,
  }
}

type Answers = { [Name in MessageName]?: (input: InputOf<Name>) => OutputOf<Name> }

/** Answers of a worker that knows these accounts and their keys. */
export function withKeys(
  accounts: GlanceRow[],
  lists: KeyListView[],
  given: Answers = {},
): Answers {
  return {
    'accounts.glance': () => ({ rows: accounts, damaged: [] }),
    'keys.lists': () => ({ lists, loading: null }),
    'keys.load': () => ({}),
    'keys.find': () => ({ keys: [] }),
    'keys.options': ({ accountId }) => {
      const list = lists.find((one) => one.accountId === accountId)
      return {
        features: list?.features ?? FULL,
        unit: 'points',
        quotaPerUnit: 500_000,
        groups: list?.groups ?? null,
        models: ['claude-opus', 'gpt-5', 'gpt-5-mini'],
      }
    },
    'credentials.list': () => [],
    'tags.list': () => [],
    'repair.state': () => null,
    'rotation.list': () => [],
    'exports.ledger': () => [],
    'gateways.list': () => [],
    'keys.totpAccounts': () => ({ accountIds: [] }),
    ...given,
  }
}
