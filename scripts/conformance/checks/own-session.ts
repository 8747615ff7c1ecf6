import { randomBytes } from 'node:crypto'

import { unwrap } from '@/src/domain/failure'
import type { Access, Renewal, SessionOperations, SessionTokens } from '@/src/sites/adapter'

import { describe, expect, NotOffered } from '../ledger'
import type { ConsoleLogin, Credentials } from '../logins/console-login'
import type { Subject } from '../subject'
import { expectFigures } from './amounts'
import { expectRefusal } from './refusals'
import { pageOf } from './session'

/** A subject whose family has sessions by bearer. */
type WithSessions = Subject & { readonly sessions: SessionOperations }

/**
 * Sessions by bearer: what a page keeps is read and never renewed; one made for this run is renewed
 * and ended.
 */
export async function checkSessions(
  subject: Subject,
  credentials: Credentials,
  login: ConsoleLogin,
): Promise<void> {
  const { sessions } = subject.adapter
  if (!sessions) return
  const own: WithSessions = { ...subject, sessions }
  await checkPage(own, login)
  await checkWrongPassword(own, credentials)
  const tokens = await signIn(own, credentials, login.userId)
  if (!tokens) return
  const renewed = await checkRenewal(own, tokens)
  await subject.ledger.check('end own session', async () => {
    await login.endSession?.((renewed ?? tokens).refreshToken)
    return { value: null, note: '' }
  })
}

async function checkPage({ ctx, adapter, ledger, sessions }: WithSessions, login: ConsoleLogin) {
  await ledger.check('session kept by a page', () => {
    const tokens = sessions.readPage(pageOf(adapter.pageStorageKeys, login))
    expect(tokens !== null, 'not found in the storage of the page')
    expect(tokens.userId === login.userId, 'another user than the one logged in')
    expect(login.secrets.includes(tokens.bearer), 'not the token of this login')
    expect(tokens.expiresAtMs > ctx.now(), 'expired already')
    expect(sessions.readPage({ values: {} }) === null, 'found where nothing is stored')
    const kind = tokens.refreshToken === null ? 'without a refresh token' : 'with a refresh token'
    return Promise.resolve({ value: null, note: kind })
  })
  await ledger.check('renewal by pages', async () => {
    const how = unwrap(await sessions.pageRenewal(ctx))
    return { value: how, note: how ? `under the lock ${how.lock}` : 'pages take no lock' }
  })
}

async function checkWrongPassword(
  { ctx, ledger, sessions }: WithSessions,
  { username }: Credentials,
): Promise<void> {
  await ledger.check('wrong password is refused', async () => {
    const password = randomBytes(12).toString('hex')
    const made = await sessions.signIn(ctx, { login: username, password })
    if (!made.ok) refuseCaptcha(made.failure)
    return { value: null, note: expectRefusal(made, ['login']) }
  })
}

/** A session that is nobody's but this run's. */
async function signIn(
  { ctx, adapter, ledger, sessions }: WithSessions,
  { username, password }: Credentials,
  userId: string,
): Promise<SessionTokens | null> {
  return ledger.check('sign in', async () => {
    const made = await sessions.signIn(ctx, { login: username, password })
    if (!made.ok) refuseCaptcha(made.failure)
    const { tokens, figures, access } = unwrap(made)
    hideTokens({ ledger }, tokens)
    expect(tokens.userId === userId && access.userId === userId, 'another user signed in')
    const excused = ['unsupported', 'not-collected'] as const
    expectFigures(figures, userId, adapter.description.unit, excused)
    return { value: tokens, note: `user ${tokens.userId}` }
  })
}

/** @returns the pair that is good now, `null` = there is none or nobody knows. */
async function checkRenewal(
  { ctx, adapter, ledger, sessions }: WithSessions,
  spent: SessionTokens,
): Promise<SessionTokens | null> {
  if (spent.refreshToken === null) {
    ledger.skip('renew own session', 'this server has no refresh tokens')
    return null
  }
  const renewed = await ledger.check('renew own session', async () => {
    const tokens = renewedOf(await sessions.renew(ctx, spent))
    hideTokens({ ledger }, tokens)
    expect(tokens.userId === spent.userId, 'renewed for another user')
    expect(tokens.refreshToken !== spent.refreshToken, 'the same refresh token came back')
    return { value: tokens, note: '' }
  })
  if (!renewed) return null
  await ledger.check('renewed session works', async () => {
    const { userId, bearer, expiresAtMs } = renewed
    const access: Access = { kind: 'bearer', userId, bearer, expiresAtMs }
    const figures = unwrap(await adapter.fetchFigures(ctx, access))
    expectFigures(figures, userId, adapter.description.unit)
    return { value: figures, note: '' }
  })
  await ledger.check('spent refresh token is refused', async () => {
    const again = await sessions.renew(ctx, spent)
    if (again.outcome === 'renewed') hideTokens({ ledger }, again.tokens)
    expect(again.outcome === 'dead', `it is ${again.outcome}`)
    return { value: null, note: describe(again.failure) }
  })
  return renewed
}

function renewedOf(renewal: Renewal): SessionTokens {
  const problem =
    renewal.outcome === 'renewed' ? '' : `${renewal.outcome}: ${describe(renewal.failure)}`
  expect(renewal.outcome === 'renewed', problem)
  return renewal.tokens
}

function hideTokens(
  { ledger }: Pick<Subject, 'ledger'>,
  { bearer, refreshToken }: SessionTokens,
): void {
  ledger.hide(bearer)
  if (refreshToken !== null) ledger.hide(refreshToken)
}

/** @throws NotOffered where only a person can sign in */
function refuseCaptcha({ class: kind, reason }: { class: string; reason?: string | undefined }) {
  if (kind === 'proof' && reason === 'captcha') {
    throw new NotOffered('the site wants a solved challenge: only its page can log in')
  }
}
