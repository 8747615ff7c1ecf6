import type { AccountRecord } from '@/src/domain/account'
import { dayRange } from '@/src/domain/day-key'
import { failed, type Failure, type Result, settle, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type {
  AccountFigures,
  GenerationFinding,
  SiteStatus,
  SnapshotRecord,
} from '@/src/domain/snapshot'
import { withTrace } from '@/src/net/trace'
import type { Refreshed, SiteContext } from '@/src/sites/adapter'

import type { AccountBook, AccountPage } from './account-book'
import type { SessionPorts } from './sessions'
import { accessOf, tokenAccessOf } from './site-access'
import { type LinePorts, openLine } from './site-line'
import { withAccess } from './with-access'

/** Site metadata older than this is asked again, ms. */
const STATUS_MAX_AGE_MS = 24 * 3_600_000

export type RefreshOutcome = 'succeeded' | 'failed' | 'skipped'

export interface RefreshPorts extends SessionPorts, LinePorts {
  readonly book: AccountBook
  /** Waits for a turn at the network. Reading and storing happen outside of it. */
  readonly atNetwork: <T>(work: () => Promise<T>) => Promise<T>
}

/** Everything one refresh found out, good or bad. */
interface Learnt {
  readonly status?: { readonly value: SiteStatus; readonly atMs: number }
  readonly generation?: GenerationFinding
  readonly result: Result<Refreshed>
}

/**
 * Refreshes one account and stores what came of it: new figures on success, and in any case the
 * attempt with its failure. Last good figures survive every failure. Nothing is stored when the
 * account was deleted, or got another identity, while its site was being asked.
 */
export async function refreshAccount(
  ports: RefreshPorts,
  id: string,
  jobId: string,
  signal?: AbortSignal,
): Promise<RefreshOutcome> {
  const opened = await settle(() => ports.book.page(id))
  if (!opened.ok) return opened.failure.class === 'not-found' ? 'skipped' : 'failed'
  const page = opened.value
  if (page.account.decided.disabled) return 'skipped'
  const learnt = await ports.atNetwork(() => learn(ports, page, signal))
  if (!learnt.result.ok && learnt.result.failure.class === 'cancelled') return 'skipped'
  const stored = await ports.book.update(id, (current) =>
    sameIdentity(current.account, page.account)
      ? { snapshot: snapshotAfter(current.snapshot, learnt, ports.now(), jobId) }
      : null,
  )
  if (stored !== 'written') return 'skipped'
  return learnt.result.ok ? 'succeeded' : 'failed'
}

async function learn(
  ports: RefreshPorts,
  { account, snapshot }: AccountPage,
  signal: AbortSignal | undefined,
): Promise<Learnt> {
  const line = openLine(ports, account, signal)
  const adapter = ports.adapterFor(account.decided.siteType)
  const remembered = snapshot.generation?.value
  const statusDue = ports.now() - (snapshot.statusAtMs ?? 0) > STATUS_MAX_AGE_MS
  const [status, figures] = await Promise.all([
    statusDue ? adapter.fetchStatus(line.ctx) : null,
    fetchFigures(ports, line.ctx, account, remembered),
  ])
  const generation = figures.generation?.value ?? remembered
  const result = line.isMixed()
    ? await confirmed(ports, line.ctx, account, generation, figures.result)
    : figures.result
  return {
    ...(status?.ok ? { status: { value: status.value, atMs: ports.now() } } : {}),
    ...figures,
    result: result.ok ? result : failed(withTrace(result.failure, line.trace.steps())),
  }
}

/**
 * Readings that travelled with the cookies of an open page are the account's only if that page is
 * still logged in as its user, or as nobody, after the last of them.
 */
async function confirmed(
  ports: RefreshPorts,
  ctx: SiteContext,
  account: AccountRecord,
  generation: Generation | undefined,
  result: Result<Refreshed>,
): Promise<Result<Refreshed>> {
  if (!result.ok) return result
  return settle(async () => {
    const access = await accessOf(ports, ctx, account, generation)
    unwrap(await ports.adapterFor(account.decided.siteType).fetchFigures(ctx, access))
    return result.value
  })
}

/** Asks once; after an answer the remembered generation does not explain, probes and asks again. */
async function fetchFigures(
  ports: RefreshPorts,
  ctx: SiteContext,
  account: AccountRecord,
  remembered: Generation | undefined,
): Promise<Pick<Learnt, 'generation' | 'result'>> {
  if (remembered === undefined) return fetchFirst(ports, ctx, account)
  const result = await ask(ports, ctx, account, remembered)
  if (result.ok || !hintsAtAnotherGeneration(result.failure, account)) return { result }
  const generation = await probe(ports, ctx, account)
  // A probe that fails explains less than the answer that led to it.
  if (!generation || generation.value === remembered) return { ...found(generation), result }
  return { generation, result: await ask(ports, ctx, account, generation.value) }
}

/** The first time at a site: only a browser login has to know the generation beforehand. */
async function fetchFirst(
  ports: RefreshPorts,
  ctx: SiteContext,
  account: AccountRecord,
): Promise<Pick<Learnt, 'generation' | 'result'>> {
  if (account.decided.auth.mode !== 'cookie') {
    const [generation, result] = await Promise.all([
      probe(ports, ctx, account),
      ask(ports, ctx, account, undefined),
    ])
    return { ...found(generation), result }
  }
  const probed = await ports.adapterFor(account.decided.siteType).probeGeneration(ctx, null)
  if (!probed.ok) return { result: probed }
  const generation = { value: probed.value, atMs: ports.now() }
  return { generation, result: await ask(ports, ctx, account, probed.value) }
}

async function probe(
  ports: RefreshPorts,
  ctx: SiteContext,
  account: AccountRecord,
): Promise<GenerationFinding | null> {
  const adapter = ports.adapterFor(account.decided.siteType)
  const access = tokenAccessOf(account)
  // A session is not opened for a probe: without proof the answer is good enough.
  const probed = await adapter.probeGeneration(ctx, access)
  return probed.ok ? { value: probed.value, atMs: ports.now() } : null
}

const found = (generation: GenerationFinding | null) => (generation ? { generation } : {})

function ask(
  ports: RefreshPorts,
  ctx: SiteContext,
  account: AccountRecord,
  generation: Generation | undefined,
): Promise<Result<Refreshed>> {
  const adapter = ports.adapterFor(account.decided.siteType)
  const day = dayRange(ports.now())
  return settle(() =>
    withAccess(ports, ctx, account, generation, (access) => adapter.refresh(ctx, access, day)),
  )
}

/**
 * Whether a failure may come from the site having been upgraded. A refused access token says
 * nothing about the generation; a refused browser login does, for its form changed with G2.
 */
function hintsAtAnotherGeneration(failure: Failure, account: AccountRecord): boolean {
  if (failure.class === 'changed-api' || failure.class === 'unsupported') return true
  return failure.class === 'login' && account.decided.auth.mode === 'cookie'
}

function sameIdentity(a: AccountRecord, b: AccountRecord): boolean {
  return (
    a.decided.origin === b.decided.origin &&
    a.decided.userId === b.decided.userId &&
    JSON.stringify(a.decided.auth) === JSON.stringify(b.decided.auth)
  )
}

function snapshotAfter(
  before: SnapshotRecord,
  learnt: Learnt,
  nowMs: number,
  jobId: string,
): SnapshotRecord {
  const { status, generation, result } = learnt
  const failure = result.ok ? null : lasting(result.failure, before.lastAttempt?.failure)
  return {
    ...before,
    ...(status ? { status: status.value, statusAtMs: status.atMs } : {}),
    ...(generation ? { generation } : {}),
    ...(result.ok
      ? {
          figures: withKnownPlans(result.value.figures, before.figures),
          today: result.value.today,
          figuresAtMs: nowMs,
        }
      : {}),
    lastAttempt: { atMs: nowMs, jobId, ...(failure ? { failure } : {}) },
    failuresInRow: result.ok ? 0 : before.failuresInRow + 1,
  }
}

/** Plans that could not be read this time are still the ones known before. */
function withKnownPlans(
  figures: AccountFigures,
  before: AccountFigures | undefined,
): AccountFigures {
  if (figures.subscriptions || !before?.subscriptions) return figures
  return { ...figures, subscriptions: before.subscriptions }
}

/**
 * Why something ended is told once: by the site that ended a session, by the browser that took
 * access back. Later tries only find that it did.
 */
function lasting(failure: Failure, before: Failure | undefined): Failure {
  const isAfterEnd = failure.reason === 'session-ended' && before?.class === 'login'
  const isAfterRevoking = failure.class === 'access' && before?.reason === 'revoked'
  if (!before?.reason || !(isAfterEnd || isAfterRevoking)) return failure
  return { ...failure, reason: before.reason }
}
