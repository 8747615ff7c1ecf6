import type { CredentialDecided, CredentialState } from '@/src/domain/credential'
import { dayKey } from '@/src/domain/day-key'
import { type Result, settle } from '@/src/domain/failure'
import type { Transport } from '@/src/net/transport'

import { type Attempt, createAsker, isUnsupported, type Target } from './asker'
import type { ListModels } from './models'
import { askUsage, type Usage } from './query-usage'
import { noFigures, type UsageFigures } from './usage-figures'

/** How many models a card shows (`features/accounts-and-keys.md 7.4`). */
const SHOWN_MODELS = 20

export interface StatePorts {
  readonly transportTo: (origin: string) => Transport
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly listModels: ListModels
  readonly now: () => number
}

/** What is asked: usage always, the models unless only a query is tried. */
export interface StateWanted {
  readonly id: string
  readonly decided: Target & Pick<CredentialDecided, 'query'>
  readonly models: boolean
  /** What was known before; it outlives what fails now. */
  readonly before?: CredentialState | undefined
}

/** Asks the credential's own origin. What goes wrong is in the state, in redacted words. */
export async function askState(ports: StatePorts, wanted: StateWanted): Promise<CredentialState> {
  const { decided } = wanted
  const { origin } = new URL(decided.baseUrl)
  if (!(await ports.hasAccess(origin))) return withoutAccess(ports, wanted)
  const attempts: Attempt[] = []
  const askerFor = (source: Attempt['source']) =>
    createAsker({
      transport: ports.transportTo(origin),
      target: decided,
      source,
      attempts,
      now: ports.now,
    })
  const models = wanted.models ? await settle(() => ports.listModels(askerFor('models'))) : null
  const usage = await askUsage({ askerFor, attempts }, decided.query)
  return merged({ wanted, models, usage, attempts, nowMs: ports.now() })
}

/**
 * All models a credential may call, live.
 *
 * @throws `access`, or what the answer means
 */
export async function askModels(ports: StatePorts, target: Target): Promise<string[]> {
  const transport = ports.transportTo(new URL(target.baseUrl).origin)
  const { now } = ports
  return ports.listModels(createAsker({ transport, target, source: 'models', attempts: [], now }))
}

interface Answers {
  readonly wanted: StateWanted
  readonly models: Result<string[]> | null
  readonly usage: Result<Usage> | null
  readonly attempts: Attempt[]
  readonly nowMs: number
}

function merged({ wanted, models, usage, attempts, nowMs }: Answers): CredentialState {
  const { id, before } = wanted
  const works = models?.ok === true || usage?.ok === true
  const failure = failureOf(models, usage, works)
  const known = models?.ok ? modelsOf(models.value) : before?.models
  return {
    id,
    attemptAtMs: nowMs,
    ...(works ? { successAtMs: nowMs } : kept('successAtMs', before)),
    health: works ? 'healthy' : 'warning',
    ...(failure ? { failure } : {}),
    ...figuresOf(usage, before, nowMs),
    ...(known ? { models: known } : {}),
    attempts,
  }
}

/** New figures with their day, or those of before; none where nothing is to be asked. */
function figuresOf(
  usage: Answers['usage'],
  before: CredentialState | undefined,
  nowMs: number,
): UsageFigures & Pick<CredentialState, 'source' | 'dayKey'> {
  if (usage?.ok) {
    return { source: usage.value.source, ...usage.value.figures, dayKey: dayKey(nowMs) }
  }
  if (!usage) return noFigures('not-collected')
  return before ? figuresIn(before) : noFigures('request-failed')
}

function figuresIn(state: CredentialState): UsageFigures & Partial<CredentialState> {
  const { unlimited, balanceUsd, todayCostUsd, todayRequests, todayTokens } = state
  const { totalUsedUsd, totalGrantedUsd } = state
  return {
    unlimited,
    balanceUsd,
    todayCostUsd,
    todayRequests,
    todayTokens,
    totalUsedUsd,
    totalGrantedUsd,
    ...kept('expiresAtMs', state),
    ...kept('source', state),
    ...kept('dayKey', state),
  }
}

/**
 * What to tell. A server that has no such route is no failure as long as something else worked:
 * many have nothing but models.
 */
function failureOf(models: Answers['models'], usage: Answers['usage'], works: boolean) {
  if (usage?.ok && usage.value.failure) return usage.value.failure
  const all = [usage, models].flatMap((result) => (result && !result.ok ? [result.failure] : []))
  return all.find((failure) => !isUnsupported(failure)) ?? (works ? undefined : all[0])
}

function modelsOf(names: readonly string[]): NonNullable<CredentialState['models']> {
  return { count: names.length, first: names.slice(0, SHOWN_MODELS) }
}

function withoutAccess({ now }: StatePorts, { id, before }: StateWanted): CredentialState {
  return {
    ...noFigures('never-fetched'),
    ...before,
    id,
    attemptAtMs: now(),
    health: 'warning',
    failure: { class: 'access', reason: 'no-permission' },
    attempts: [],
  }
}

/** One optional field to spread. */
function kept<K extends keyof CredentialState>(
  field: K,
  state: CredentialState | undefined,
): Partial<Pick<CredentialState, K>> {
  const value = state?.[field]
  return value === undefined ? {} : ({ [field]: value } as Pick<CredentialState, K>)
}
