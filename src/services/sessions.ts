import type { AccountRecord } from '@/src/domain/account'
import { type Failure, raise, settle, unwrap } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import type { BondRecord } from '@/src/domain/snapshot'
import { type AskPage, readPageStorage, renewInPage } from '@/src/net/tab-transport'
import type {
  Access,
  Renewal,
  SessionOperations,
  SessionTokens,
  SiteAdapter,
  SiteContext,
} from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import { loadBond, updateBond, withSession } from './bonds'

/** Sessions by bearer are renewed this long before they end, ms (`contracts/sub2api.md 6`). */
const LEAST_LIFE_MS = 120_000

/** Refusals of a bearer that a newer one may mend; after the others only a login helps. */
const MENDED_BY_RENEWAL: ReadonlySet<string | undefined> = new Set([
  'token-expired',
  'invalid-token',
  'unauthorized',
])

export interface SessionPorts {
  readonly vault: Vault
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly findTab: (origin: string) => Promise<number | null>
  readonly reach: (tabId: number) => Promise<AskPage>
  readonly now: () => number
}

type StoredSession = NonNullable<BondRecord['session']>

/** Renewals under way, by account: whoever comes meanwhile waits for the same one. */
const underWay = new Map<string, Promise<SessionTokens>>()

/**
 * The bearer of an account whose login is a session, renewed if need be.
 *
 * @param refused the bearer the site has just refused; any other one is as good as new
 * @throws `login` (a new login is needed), `needs-tab` (the page that owns the session is not
 *   open), `identity` (somebody else is logged in there), or why the renewal has to wait
 */
export async function sessionAccess(
  ports: SessionPorts,
  ctx: SiteContext,
  account: AccountRecord,
  refused?: string,
): Promise<Access> {
  const { session } = await loadBond(ports.vault, account.id)
  if (session && isFresh(session, refused, ports.now())) {
    return bearerOf(account, session)
  }
  const running = underWay.get(account.id)
  const renewal = running ?? renew(ports, ctx, account, refused)
  if (!running) {
    underWay.set(account.id, renewal)
    const done = () => underWay.delete(account.id)
    renewal.then(done, done)
  }
  return bearerOf(account, await renewal)
}

/** Whether asking again with another bearer may help. */
export function mayRenewAfter(failure: Failure): boolean {
  return failure.class === 'login' && MENDED_BY_RENEWAL.has(failure.reason)
}

/** Notes that only a new login helps, so that nothing more is tried by itself. */
export function endSession(ports: SessionPorts, accountId: string): Promise<void> {
  return updateBond(ports.vault, accountId, (bond) =>
    bond.session ? withSession(bond, rotated(bond.session, 'dead', ports.now())) : null,
  )
}

async function renew(
  ports: SessionPorts,
  ctx: SiteContext,
  account: AccountRecord,
  refused: string | undefined,
): Promise<SessionTokens> {
  const { auth, siteType } = account.decided
  const sessions = ports.adapterFor(siteType).sessions
  if (!sessions || auth.mode !== 'session') {
    return raise({ class: 'unsupported', reason: 'no-sessions' })
  }
  const { session } = await loadBond(ports.vault, account.id)
  // Somebody may have renewed it between the look before and this one.
  if (session && isFresh(session, refused, ports.now())) {
    return tokensOf(account, session)
  }
  return auth.owner === 'self'
    ? renewOwn(ports, ctx, account, sessions, refused)
    : renewFromPage(ports, ctx, account, sessions, refused)
}

/** A session that is ours alone: its refresh token is sent once and never a second time. */
async function renewOwn(
  { vault, now }: SessionPorts,
  ctx: SiteContext,
  account: AccountRecord,
  sessions: SessionOperations,
  refused: string | undefined,
): Promise<SessionTokens> {
  const { session } = await loadBond(vault, account.id)
  const mark = (state: 'pending' | 'uncertain' | 'dead' | null) =>
    updateBond(vault, account.id, (bond) =>
      bond.session ? withSession(bond, rotated(bond.session, state, now())) : null,
    )
  if (!session?.refreshToken) return raise({ class: 'login', reason: 'session-ended' })
  if (session.rotation) {
    // One that was on its way when the worker died may have arrived.
    if (session.rotation.state === 'pending') await mark('uncertain')
    return withoutRenewal(account, session, refused, now())
  }
  await mark('pending')
  const tokens = { ...tokensOf(account, session), refreshToken: session.refreshToken }
  const renewal: Renewal = await sessions.renew(ctx, tokens)
  switch (renewal.outcome) {
    case 'renewed':
      if (renewal.tokens.userId !== account.decided.userId) {
        await mark('dead')
        return raise({ class: 'identity', reason: 'user-mismatch' })
      }
      await updateBond(vault, account.id, (bond) => withSession(bond, storedOf(renewal.tokens)))
      return renewal.tokens
    case 'kept':
      await mark(null)
      if (isUsable(session, refused, now())) return tokensOf(account, session)
      return raise(renewal.failure)
    case 'uncertain':
      await mark('uncertain')
      return withoutRenewal(account, session, refused, now(), renewal.failure)
    case 'dead':
      await mark('dead')
      return raise(renewal.failure)
  }
}

/** What is left when the refresh token may not be sent: the bearer, while it lives. */
function withoutRenewal(
  account: AccountRecord,
  session: StoredSession,
  refused: string | undefined,
  nowMs: number,
  because?: Failure,
): SessionTokens {
  if (isUsable(session, refused, nowMs)) {
    return tokensOf(account, session)
  }
  const reason = session.rotation?.state === 'dead' ? 'session-ended' : 'renewal-uncertain'
  return raise({ ...because, class: 'login', reason })
}

/** A session that an open page of the site owns: read again, renewed only in the page's stead. */
async function renewFromPage(
  ports: SessionPorts,
  ctx: SiteContext,
  account: AccountRecord,
  sessions: SessionOperations,
  refused: string | undefined,
): Promise<SessionTokens> {
  const { vault, now } = ports
  const { session } = await loadBond(vault, account.id)
  const isDead = session?.rotation?.state === 'dead'
  const useless = isDead ? session.bearer : refused
  const tab = await ports.findTab(ctx.origin)
  if (tab === null) {
    if (session && isUsable(session, refused, now())) return tokensOf(account, session)
    return raise({ class: 'needs-tab', reason: 'page-session' })
  }
  const ask = await ports.reach(tab)
  const { pageStorageKeys } = ports.adapterFor(account.decided.siteType)
  const read = async (values: Promise<Record<string, string | null>>) =>
    expectOwner(sessions.readPage({ values: await values }), account)
  let tokens = await read(readPageStorage(ctx.origin, pageStorageKeys, ask))
  const isKnown = tokens.bearer === session?.bearer
  if (isDead && isKnown) return raise({ class: 'login', reason: 'session-ended' })
  if (tokens.bearer === useless || !livesOn(tokens, now(), LEAST_LIFE_MS)) {
    // Its refresh token was sent before and nothing came back: it is not sent again.
    if (isKnown && session.rotation) return withoutPageRenewal(tokens, useless, now())
    const how = unwrap(await sessions.pageRenewal(ctx))
    // Pages of this server cannot be made to wait for us: they renew their session themselves.
    if (!how) return withoutPageRenewal(tokens, useless, now())
    const renewed = await settle(() => read(renewInPage(ctx.origin, how, tokens.refreshToken, ask)))
    if (!renewed.ok) {
      if (maySpend(renewed.failure)) await noteUncertain(ports, account, tokens)
      if (!isHopeless(renewed.failure)) return raise(renewed.failure)
      return withoutPageRenewal(tokens, useless, now())
    }
    tokens = renewed.value
  }
  if (tokens.bearer === useless || !livesOn(tokens, now(), 0)) {
    return raise({ class: 'login', reason: 'page-session-stale' })
  }
  // The refresh token stays with the page.
  await updateBond(vault, account.id, (bond) =>
    withSession(bond, storedOf({ ...tokens, refreshToken: null })),
  )
  return tokens
}

/** What is left of a session that a page could not renew: the bearer, while it lives. */
function withoutPageRenewal(
  tokens: SessionTokens,
  useless: string | undefined,
  nowMs: number,
): SessionTokens {
  if (tokens.bearer !== useless && livesOn(tokens, nowMs, 0)) return tokens
  return raise({ class: 'login', reason: 'page-session-stale' })
}

/** Whether a renewal in the page that failed this way may have sent the refresh token. */
function maySpend({ class: kind, reason }: Failure): boolean {
  return reason === 'renewal-refused' || kind === 'server' || kind === 'network'
}

/** Whether trying again would fail the same way: refused, or a page that the browser gives no lock. */
function isHopeless({ reason }: Failure): boolean {
  return reason === 'renewal-refused' || reason === 'no-lock'
}

/** Remembers, by its bearer, a session of the page whose refresh token is not to be sent again. */
function noteUncertain(
  { vault, now }: SessionPorts,
  account: AccountRecord,
  tokens: SessionTokens,
): Promise<void> {
  const kept = storedOf({ ...tokens, refreshToken: null })
  return updateBond(vault, account.id, (bond) =>
    withSession(bond, rotated(kept, 'uncertain', now())),
  )
}

function expectOwner(tokens: SessionTokens | null, account: AccountRecord): SessionTokens {
  if (!tokens) return raise({ class: 'login', reason: 'not-logged-in' })
  if (tokens.userId === account.decided.userId) return tokens
  return raise({ class: 'identity', reason: 'user-mismatch' })
}

/** The session as the bond keeps it. */
function storedOf({ bearer, expiresAtMs, refreshToken }: SessionTokens): StoredSession {
  return { bearer, expiresAtMs, ...(refreshToken === null ? {} : { refreshToken }) }
}

function tokensOf(account: AccountRecord, session: StoredSession): SessionTokens {
  const { bearer, expiresAtMs, refreshToken = null } = session
  return { userId: account.decided.userId, bearer, expiresAtMs, refreshToken }
}

function bearerOf(
  account: AccountRecord,
  { bearer, expiresAtMs }: Pick<SessionTokens, 'bearer' | 'expiresAtMs'>,
): Access {
  return { kind: 'bearer', userId: account.decided.userId, bearer, expiresAtMs }
}

function livesOn(session: { expiresAtMs: number }, nowMs: number, leastMs: number): boolean {
  return session.expiresAtMs - nowMs > leastMs
}

/** Good for work that may take a while. */
function isFresh(session: StoredSession, refused: string | undefined, nowMs: number): boolean {
  return isUsable(session, refused, nowMs) && livesOn(session, nowMs, LEAST_LIFE_MS)
}

/** Better than nothing. */
function isUsable(session: StoredSession, refused: string | undefined, nowMs: number): boolean {
  const isDead = session.rotation?.state === 'dead'
  return !isDead && session.bearer !== refused && livesOn(session, nowMs, 0)
}

function rotated(
  { rotation: _, ...session }: StoredSession,
  state: 'pending' | 'uncertain' | 'dead' | null,
  atMs: number,
): StoredSession {
  return state === null ? session : { ...session, rotation: { state, atMs } }
}
