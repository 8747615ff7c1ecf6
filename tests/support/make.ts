import type { AccountRecord } from '@/src/domain/account'
import type { ApiKey } from '@/src/domain/api-key'
import { newId } from '@/src/domain/ids'
import { complete, unavailable } from '@/src/domain/metric'
import type { AccountFigures, TodayUse } from '@/src/domain/snapshot'

/** A whole account; only what a test is about needs to be said. */
export function makeAccount(
  decided: Partial<AccountRecord['decided']> = {},
  rest: Partial<Omit<AccountRecord, 'decided'>> = {},
): AccountRecord {
  return {
    id: newId('acc'),
    createdAtMs: 1_790_000_000_000,
    decidedAtMs: {},
    ...rest,
    decided: {
      origin: 'https://relay.example',
      siteType: 'new-api',
      userId: '7',
      auth: { mode: 'token', accessToken: 'token-of-seven' },
      name: 'Relay',
      username: 'seven',
      notes: '',
      tagIds: [],
      disabled: false,
      excludeFromTotal: false,
      exchangeRate: 7.2,
      ...decided,
    },
  }
}

export function makeFigures(figures: Partial<AccountFigures> = {}): AccountFigures {
  return {
    userId: '7',
    username: 'seven',
    balance: complete(500_000),
    usedTotal: complete(1000),
    requestsTotal: complete(3),
    ...figures,
  }
}

export function makeToday(today: Partial<TodayUse> = {}): TodayUse {
  return {
    dayKey: '2026-11-21',
    consumption: complete(250),
    requests: unavailable('not-collected'),
    promptTokens: unavailable('not-collected'),
    completionTokens: unavailable('not-collected'),
    ...today,
  }
}

/** A whole key as an adapter reads it. */
export function makeKey(key: Partial<ApiKey> = {}): ApiKey {
  return {
    id: '31',
    name: 'laptop',
    key: { kind: 'masked', text: 'sk-abcd**********wxyz' },
    status: 'enabled',
    remaining: complete(250_000),
    used: complete(1_000),
    createdAtMs: 1_780_000_000_000,
    lastUsedAtMs: null,
    expiresAtMs: null,
    group: '',
    modelLimits: [],
    ipLimits: [],
    ...key,
  }
}
