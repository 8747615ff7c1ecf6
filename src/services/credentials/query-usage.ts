import type { CredentialState, QueryConfig } from '@/src/domain/credential'
import { type Failure, failed, ok, type Result, settle } from '@/src/domain/failure'

import { type Asker, type Attempt, isUnsupported } from './asker'
import { askNewApiToken } from './query-new-api-token'
import { askOpenAiBilling } from './query-openai-billing'
import { askCustom } from './query-custom'
import { askSub2Api } from './query-sub2api'
import { isUsable, type UsageFigures } from './usage-figures'

/** In the order `auto` tries them (`features/accounts-and-keys.md 7.4`). */
const WAYS = {
  'new-api-token': askNewApiToken,
  sub2api: askSub2Api,
  'openai-billing': askOpenAiBilling,
} as const

export interface Usage {
  readonly source: NonNullable<CredentialState['source']>
  readonly figures: UsageFigures
  /** Why a part of it could not be read. */
  readonly failure?: Failure
}

export interface UsageParts {
  readonly askerFor: (source: Attempt['source']) => Asker
  readonly attempts: Attempt[]
}

/**
 * Asks for balance and use as the credential says. `null`: it says not to. Of several ways that
 * failed, the failure is the first that is more than "no such route".
 */
export async function askUsage(
  parts: UsageParts,
  { mode, custom }: QueryConfig,
): Promise<Result<Usage> | null> {
  if (mode === 'disabled') return null
  if (mode === 'custom') return oneWay(parts, mode, (asker) => askCustom(asker, custom))
  const ways = mode === 'auto' ? (Object.keys(WAYS) as (keyof typeof WAYS)[]) : [mode]
  const failures: Failure[] = []
  for (const way of ways) {
    const result = await oneWay(parts, way, async (asker) => ({ figures: await WAYS[way](asker) }))
    if (result.ok) return result
    failures.push(result.failure)
  }
  const telling = failures.find((failure) => !isUnsupported(failure)) ?? failures[0]
  return failed(telling ?? { class: 'internal', reason: 'no-way' })
}

async function oneWay(
  { askerFor, attempts }: UsageParts,
  source: Exclude<Attempt['source'], 'models'>,
  ask: (asker: Asker) => Promise<Omit<Usage, 'source'>>,
): Promise<Result<Usage>> {
  const result = await settle(() => ask(askerFor(source)))
  if (result.ok && isUsable(result.value.figures)) return ok({ source, ...result.value })
  const failure: Failure = result.ok ? { class: 'changed-api', reason: 'no-value' } : result.failure
  // The server answered, but with nothing that can be used.
  const last = attempts.at(-1)
  if (last?.source === source && last.outcome === 'success') {
    attempts[attempts.length - 1] = { ...last, outcome: 'failed', failure }
  }
  return failed(failure)
}
