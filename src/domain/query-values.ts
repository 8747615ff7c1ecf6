/**
 * Values a query of a credential can bring; amounts in USD (`features 7.4, 7.5`). Apart from
 * `credential.ts`, whose schemas pages have no use for.
 */
export const QUERY_VALUES = [
  'balanceUsd',
  'todayCostUsd',
  'todayRequests',
  'todayPromptTokens',
  'todayCompletionTokens',
  'todayTotalTokens',
  'totalUsedUsd',
  'totalGrantedUsd',
  'totalAvailableUsd',
  'expiresAt',
] as const

export type QueryValue = (typeof QUERY_VALUES)[number]

/** How balance and use of a credential are asked for. `auto` tries the first three in this order. */
export const QUERY_MODES = [
  'auto',
  'new-api-token',
  'sub2api',
  'openai-billing',
  'custom',
  'disabled',
] as const

export type QueryMode = (typeof QUERY_MODES)[number]

/** What a request of a query was for. */
export const QUERY_SOURCES = [
  'models',
  'new-api-token',
  'sub2api',
  'openai-billing',
  'custom',
] as const
