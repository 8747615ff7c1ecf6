import {
  type Failure,
  FailureError,
  failed,
  failureOf,
  ok,
  raise,
  type Result,
  unwrap,
} from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { DEFAULT_EXCHANGE_RATE, DEFAULT_QUOTA_PER_UNIT } from '@/src/domain/money'
import type { DetectedSite, LoginWay, Recognised, Recognition } from '@/src/domain/recognition'
import type { AuthMode, SiteDescription } from '@/src/domain/site-description'
import { accountOrigin } from '@/src/domain/site-pages'
import type { SiteType } from '@/src/domain/site-type'
import { type AskPage, readPageStorage } from '@/src/net/tab-transport'
import { withClearance } from '@/src/net/shield'
import { createTrace, type TraceRecorder, withTrace } from '@/src/net/trace'
import type { Transport } from '@/src/net/transport'
import type { Detection, SiteAdapter, SiteContext, TabSession } from '@/src/sites/adapter'

import type { AccountBook } from './account-book'
import { type DraftPorts, keepDraft } from './drafts'

/** All of finding out which software runs at a site, ms. */
const DETECTION_MS = 10_000
/** All of finding out who is logged in, ms. */
const LOGIN_MS = 20_000

export interface DetectPorts {
  readonly detect: (ctx: SiteContext) => Promise<Result<Detection>>
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly descriptions: readonly SiteDescription[]
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly transportTo: (origin: string) => Transport
  readonly now: () => number
}

export interface RecognisePorts extends DetectPorts, DraftPorts {
  readonly book: AccountBook
  readonly findTab: (origin: string, preferred?: number) => Promise<number | null>
  /** Puts the page script into a tab and returns the way to question it. */
  readonly reach: (tabId: number) => Promise<AskPage>
  /** A transport whose requests the page script makes. */
  readonly transportIn: (origin: string, ask: AskPage) => Transport
  /** Whether an account could keep cookies of its own here. */
  readonly canKeepCookies: boolean
}

export interface Wanted {
  /** As typed or as the tab has it; a hosted service is reached at its own origin. */
  readonly origin: string
  readonly tabId?: number | undefined
  /** The user's word on what runs there; nothing is detected then. */
  readonly siteType?: SiteType | undefined
}

/**
 * Finds out what runs at an origin and who is logged in, inside a tab of it that the user has open.
 * Creates nothing at the site. What was found, secrets included, waits as a draft in the vault.
 *
 * Resolves to what could be found; where that is not everything, `failure` says why: `access`,
 * `needs-tab`, `login`, `unsupported` (`unknown-site`, `no-page-login`), or a transport failure.
 */
export async function recognise(ports: RecognisePorts, wanted: Wanted): Promise<Recognised> {
  const origin = accountOrigin(ports.descriptions, wanted.origin)
  const trace = createTrace(ports.now)
  let detected: DetectedSite | null = null
  try {
    if (!(await ports.hasAccess(origin))) raise({ class: 'access', reason: 'not-granted' })
    const tab = await ports.findTab(origin, wanted.tabId)
    const ask = tab === null ? null : await ports.reach(tab)
    const transport = trace.wrap(
      // Whatever proves a user here comes out of that page: its clearance mixes nothing.
      ask
        ? withClearance(ports.transportIn(origin, ask), () => undefined)
        : ports.transportTo(origin),
      ask ? 'tab' : 'worker',
    )
    const base = { origin, transport, now: ports.now }
    const detection = await detectIn(ports, base, wanted.siteType)
    detected = describe(origin, detection, ports.adapterFor(detection.siteType))
    // Without a tab the software can be told, but not who is logged in.
    if (!ask) return raise({ class: 'needs-tab', reason: 'none-open' })
    const recognition = await readLogin(ports, base, detected, ask)
    return { detected, recognition }
  } catch (thrown) {
    return { detected, recognition: null, failure: traced(tabHelps(thrown, trace), trace) }
  }
}

/** What stands in the worker's way may let a page of the site through. */
function tabHelps(thrown: unknown, trace: TraceRecorder): unknown {
  const isShielded = failureOf(thrown).class === 'challenge'
  const hadNoTab = trace.steps().every(({ via }) => via !== 'tab')
  return isShielded && hadNoTab
    ? new FailureError({ class: 'needs-tab', reason: 'shielded' }, thrown)
    : thrown
}

/** Which software runs at an origin, asked from the worker without any login. */
export async function detectAt(ports: DetectPorts, wanted: string): Promise<Recognised> {
  const origin = accountOrigin(ports.descriptions, wanted)
  const trace = createTrace(ports.now)
  try {
    if (!(await ports.hasAccess(origin))) raise({ class: 'access', reason: 'not-granted' })
    const transport = trace.wrap(ports.transportTo(origin), 'worker')
    const detection = await detectIn(ports, { origin, transport, now: ports.now }, undefined)
    const adapter = ports.adapterFor(detection.siteType)
    return { detected: describe(origin, detection, adapter), recognition: null }
  } catch (thrown) {
    return { detected: null, recognition: null, failure: traced(thrown, trace) }
  }
}

async function detectIn(
  ports: DetectPorts,
  base: Omit<SiteContext, 'signal'>,
  chosen: SiteType | undefined,
): Promise<Detection> {
  return within(DETECTION_MS, async (signal) => {
    const ctx = { ...base, signal }
    if (chosen === undefined) return unwrap(await ports.detect(ctx))
    const status = await ports.adapterFor(chosen).fetchStatus(ctx)
    return {
      siteType: chosen,
      evidence: [{ sign: 'chosen' }],
      // Whoever overrides the detection may do so because the status cannot be read.
      status: status.ok ? status.value : {},
    }
  })
}

async function readLogin(
  ports: RecognisePorts,
  base: Omit<SiteContext, 'signal'>,
  detected: DetectedSite,
  ask: AskPage,
): Promise<Recognition> {
  const adapter = ports.adapterFor(detected.siteType)
  const session = await within(LOGIN_MS, async (signal) => {
    const values = await readPageStorage(base.origin, adapter.pageStorageKeys, ask)
    return unwrap(await adapter.readSession({ ...base, signal }, { values }))
  })
  const { rows } = await ports.book.glance()
  // This browser has one login per site: a second account by it would push the first one out.
  const isTaken = rows.some(
    ({ origin, userId, authMode }) =>
      origin === base.origin && authMode === 'cookie' && userId !== session.access.userId,
  )
  const ways = waysOf(session, adapter.description.authModes, ports.canKeepCookies, isTaken)
  const recognition = await recognitionOf(ports.book, detected, session, ways)
  await keepDraft(ports, recognition, session)
  return recognition
}

/** What recognition tells the user about a login that was found. */
export async function recognitionOf(
  book: AccountBook,
  detected: DetectedSite,
  session: TabSession,
  ways: LoginWay[],
): Promise<Recognition> {
  const { rows } = await book.glance()
  const { userId } = session.access
  return {
    ...detected,
    draftId: newId('draft'),
    generation: session.generation,
    userId,
    username: session.figures.username,
    balance: session.figures.balance,
    ways,
    existing: rows
      .filter((row) => row.origin === detected.origin)
      .map((row) => ({ id: row.id, name: row.name, sameUser: row.userId === userId })),
  }
}

/** What is told of a site whose software is known. */
export function describe(origin: string, detection: Detection, adapter: SiteAdapter): DetectedSite {
  const { siteType, evidence, status } = detection
  return {
    origin,
    siteType,
    evidence: [...evidence],
    siteName: siteNameOf(origin, status.systemName, adapter.description),
    unit: adapter.description.unit,
    quotaPerUnit: status.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    exchangeRate: status.rechargeRate ?? DEFAULT_EXCHANGE_RATE,
  }
}

/** What can be chosen, the default first. Nothing that changes the site is ever the default. */
function waysOf(
  session: TabSession,
  modes: readonly AuthMode[],
  canKeepCookies: boolean,
  isTaken: boolean,
): LoginWay[] {
  const hasToken = session.existingToken !== null
  const hasCookies = modes.includes('cookie')
  // A login whose cookies change with every renewal has one owner: a copy would end it.
  const canCopy = hasCookies && canKeepCookies && session.access.kind === 'cookie'
  const ways: readonly (readonly [LoginWay, boolean])[] = [
    ['found-token', modes.includes('token') && hasToken],
    ['page-session', modes.includes('session')],
    ['own-cookies', canCopy && isTaken],
    ['browser-login', hasCookies],
    ['own-cookies', canCopy && !isTaken],
    ['paste-token', modes.includes('token') && !hasToken],
    ['new-token', modes.includes('token') && !hasToken && session.tokenCreation === 'replaces'],
  ]
  return ways.filter(([, isOffered]) => isOffered).map(([way]) => way)
}

/** Runs work that must end in time; what the deadline cut off was too slow, not unwanted. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(ms)
  const late = new Promise<Result<never>>((resolve) => {
    deadline.addEventListener('abort', () => {
      resolve(failed({ class: 'network', reason: 'timeout' }))
    })
  })
  const done = work(deadline).then(ok)
  // Whoever comes late has nobody to tell.
  done.catch(() => undefined)
  try {
    return unwrap(await Promise.race([done, late]))
  } catch (thrown) {
    return deadline.aborted
      ? raise({ class: 'network', reason: 'timeout' }, thrown)
      : raise(failureOf(thrown), thrown)
  }
}

function traced(thrown: unknown, trace: TraceRecorder): Failure {
  return withTrace(failureOf(thrown), trace.steps())
}

/** Names operators leave at their default say nothing about the site. */
const PRODUCT_NAME =
  /^(?:new|one|neo|rix|super|v)[-_ ]?api$|^(?:one|done)[-_ ]?hub$|^(?:veloera|sub2api|voapi)$/i

function siteNameOf(origin: string, systemName: string | undefined, site: SiteDescription): string {
  if (site.hosted) return site.label
  const given = systemName?.trim() ?? ''
  return given !== '' && !PRODUCT_NAME.test(given) ? given.slice(0, 120) : new URL(origin).host
}
