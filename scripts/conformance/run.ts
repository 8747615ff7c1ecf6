import { unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Access, TabSession } from '@/src/sites/adapter'
import { adapterFor } from '@/src/sites/registry'

import type { ConformanceOptions } from './arguments'
import { createBrowserFetch } from './browser-fetch'
import { checkAccess, checkAgreement, expectFigures, type Subject } from './checks'
import { type ConsoleLogin, logIn, logOut } from './console-login'
import { createLedger, expect, NotOffered, type Row } from './ledger'

type TokenAccess = Extract<Access, { kind: 'token' }>

/**
 * Runs every operation of an adapter against a real server and says which hold. Changes nothing at
 * the site except its own login, which it ends, and, only when told to, the access token.
 */
export async function runConformance(options: ConformanceOptions): Promise<readonly Row[]> {
  const now = () => Date.now()
  const ledger = createLedger(() => performance.now())
  for (const secret of secretsOf(options)) ledger.hide(secret)
  const transport = createHttpTransport({
    origin: options.origin,
    fetch: createBrowserFetch(options.origin),
    budgets: createBudgets({ now }),
    now,
  })
  const { origin } = options
  const subject: Subject = {
    ctx: { origin, transport, now },
    adapter: adapterFor(options.type),
    ledger,
  }
  await checkAnonymous(subject, options)
  if (options.login) await checkLogin(subject, options, options.login)
  else if (options.token) await checkTokenOnly(subject, options.token)
  return ledger.rows
}

function secretsOf({ login, token }: ConformanceOptions): string[] {
  return [login?.password, login?.turnstile, token?.accessToken].filter(
    (secret) => secret !== undefined,
  )
}

/** What a site shows to everybody. */
async function checkAnonymous(
  { ctx, adapter, ledger }: Subject,
  options: ConformanceOptions,
): Promise<void> {
  await ledger.check('detect', async () => {
    const found = unwrap(await adapter.detect(ctx))
    expect(found?.siteType === options.type, 'not recognised as this type')
    return {
      value: found,
      note: found.evidence.map(({ sign, detail }) => detail ?? sign).join('; '),
    }
  })
  await ledger.check('status', async () => {
    const status = unwrap(await adapter.fetchStatus(ctx))
    const points = status.quotaPerUnit
    return { value: status, note: points ? `${String(points)} points per USD` : 'default rates' }
  })
  await ledger.check('generation (no login)', async () => {
    const generation = unwrap(await adapter.probeGeneration(ctx, null))
    return { value: generation, note: generation }
  })
}

async function checkLogin(
  subject: Subject,
  options: ConformanceOptions,
  credentials: NonNullable<ConformanceOptions['login']>,
): Promise<void> {
  const { ctx, ledger } = subject
  const login = await ledger.check('log in', async () => {
    const value = await logIn(ctx, credentials)
    return { value, note: `user ${value.userId}` }
  })
  if (!login) return
  try {
    await checkSession(subject, options, login)
  } finally {
    await ledger.check('log out', async () => {
      await logOut(ctx, login)
      return { value: null, note: '' }
    })
  }
}

async function checkSession(
  subject: Subject,
  options: ConformanceOptions,
  login: ConsoleLogin,
): Promise<void> {
  const { ctx, adapter, ledger } = subject
  const session = await ledger.check('session of a tab', async () => {
    const values = Object.fromEntries(
      adapter.pageStorageKeys.map((key) => [key, login.storage[key] ?? null]),
    )
    const value = unwrap(await adapter.readSession(ctx, { values }))
    expect(value.access.userId === login.userId, 'another user than the one logged in')
    expectFigures(value.figures, login.userId)
    return { value, note: `${value.access.kind}, ${value.generation}` }
  })
  if (!session) return
  hideAccess(subject, session.access)
  await ledger.check('generation (session)', async () => {
    const generation = unwrap(await adapter.probeGeneration(ctx, session.access))
    expect(
      generation === session.generation,
      `${generation}, but the tab said ${session.generation}`,
    )
    return { value: generation, note: generation }
  })
  const access = await ledger.check('open session', async () => {
    const value = unwrap(await adapter.openSession(ctx, login.userId, session.generation))
    expect(value.userId === login.userId, 'another user than the one logged in')
    return { value, note: value.kind }
  })
  if (access) hideAccess(subject, access)
  await checkAccess(subject, access ?? session.access, session.generation)
  await checkToken(subject, options, session)
}

async function checkToken(
  subject: Subject,
  options: ConformanceOptions,
  session: TabSession,
): Promise<void> {
  const token = await obtainToken(subject, options, session)
  if (!token) return
  hideAccess(subject, token)
  await checkAccess(subject, token, session.generation)
  if (token.userId === session.access.userId) {
    await checkAgreement(subject, session.access, token)
  } else {
    subject.ledger.skip('session and access token agree', 'the token is of another user')
  }
}

async function obtainToken(
  subject: Subject,
  options: ConformanceOptions,
  session: TabSession,
): Promise<TokenAccess | null> {
  const { userId } = session.access
  if (options.replaceToken) {
    const accessToken = await createToken(subject, session)
    if (accessToken !== null) return { kind: 'token', userId, accessToken }
  } else {
    subject.ledger.skip('create access token', 'cannot be undone: only with --replace-token')
  }
  if (options.token) return { kind: 'token', ...options.token }
  // A token made since then has replaced the one the site showed.
  const shown = options.replaceToken ? null : session.existingToken
  if (shown !== null) return { kind: 'token', userId, accessToken: shown }
  subject.ledger.skip('access token', 'none given and the site shows none')
  return null
}

function createToken(
  { ctx, adapter, ledger }: Subject,
  { access, tokenCreation }: TabSession,
): Promise<string | null> {
  return ledger.check('create access token', async () => {
    const made = await adapter.createAccessToken(ctx, access)
    if (!made.ok && made.failure.class === 'proof' && tokenCreation === 'by-hand') {
      throw new NotOffered('the site wants a second factor: make one in its console')
    }
    return { value: unwrap(made), note: 'the previous token no longer works' }
  })
}

async function checkTokenOnly(
  subject: Subject,
  token: NonNullable<ConformanceOptions['token']>,
): Promise<void> {
  const { ctx, adapter, ledger } = subject
  const access: TokenAccess = { kind: 'token', ...token }
  ledger.skip('session of a tab', 'no login given')
  const generation = await ledger.check<Generation>('generation (access token)', async () => {
    const value = unwrap(await adapter.probeGeneration(ctx, access))
    return { value, note: value }
  })
  await checkAccess(subject, access, generation ?? 'g1')
}

function hideAccess({ ledger }: Subject, access: Access): void {
  if (access.kind === 'token') ledger.hide(access.accessToken)
  if (access.kind === 'bearer') ledger.hide(access.bearer)
}
