import { unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { Access, TabSession } from '@/src/sites/adapter'

import type { ConformanceOptions } from '../arguments'
import { expect, NotOffered } from '../ledger'
import { hideAccess, type Subject } from '../subject'
import { checkAccess } from './access'
import { checkAgreement, checkNoMixing } from './agreement'
import { declares, neverSent } from './offered'

type TokenAccess = Extract<Access, { kind: 'token' }>

/** Who somebody is, shown to be so, and what the server is. */
export interface Proven {
  readonly access: Access
  readonly generation: Generation
}

/** The family's tokens beside a login; `null` = there is none to go on with. */
export async function checkTokens(
  subject: Subject,
  options: ConformanceOptions,
  session: TabSession,
): Promise<TokenAccess | null> {
  if (!declares(subject, 'access-token')) {
    await checkNoCreation(subject, session.access)
    return null
  }
  const token = await obtainToken(subject, options, session)
  if (!token) return null
  hideAccess(subject, token)
  await checkAccess(subject, token, session.generation)
  await checkNoMixing(subject, session.access, token)
  await checkAgreement(subject, session.access, token)
  return token
}

/** A token and nothing else; `null` = it does not tell its user. */
export async function checkTokenOnly(
  subject: Subject,
  given: NonNullable<ConformanceOptions['token']>,
): Promise<Proven | null> {
  const { ctx, adapter, ledger } = subject
  ledger.skip('session of a tab', 'no login given')
  const access = await ownerOf(subject, given)
  if (!access) return null
  const found = await ledger.check('generation (access token)', async () => {
    const value = unwrap(await adapter.probeGeneration(ctx, access))
    return { value, note: value }
  })
  const generation = found ?? 'g1'
  await checkAccess(subject, access, generation)
  if (!declares(subject, 'access-token')) await checkNoCreation(subject, access)
  return { access, generation }
}

/** A family without access tokens to make must not even ask for one. */
async function checkNoCreation(subject: Subject, access: Access): Promise<void> {
  await subject.ledger.check('create access token', () =>
    neverSent(subject, (ctx) => subject.adapter.createAccessToken(ctx, access)),
  )
}

async function obtainToken(
  subject: Subject,
  options: ConformanceOptions,
  session: TabSession,
): Promise<TokenAccess | null> {
  const { userId } = session.access
  if (options.replaceToken) {
    const accessToken = await createToken(subject, session)
    if (accessToken !== null) return ownerOf(subject, { userId, accessToken })
  } else {
    subject.ledger.skip('create access token', 'cannot be undone: only with --replace-token')
  }
  if (options.token) return ownerOf(subject, options.token)
  // A token made since then has replaced the one the site showed.
  const accessToken = options.replaceToken ? null : session.existingToken
  if (accessToken !== null) return ownerOf(subject, { userId, accessToken })
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

/**
 * Whose a token is, asked by the token alone: of every site whose family promises an answer, and of
 * the others as far as they give one.
 */
async function ownerOf(
  subject: Subject,
  { accessToken, userId }: NonNullable<ConformanceOptions['token']>,
): Promise<TokenAccess | null> {
  const { ctx, adapter, ledger } = subject
  ledger.hide(accessToken)
  const found = await ledger.check('user of the access token', async () => {
    const told = await adapter.identify(ctx, accessToken)
    const mayAsk = adapter.description.userId === 'needed' && userId !== undefined
    if (mayAsk && !told.ok && told.failure.reason === 'user-id-needed') {
      return { value: userId, note: 'the site wants the user id with it' }
    }
    const user = unwrap(told)
    expect(userId === undefined || user.userId === userId, 'the token is of another user')
    return { value: user.userId, note: `user ${user.userId}` }
  })
  const owner = found ?? userId
  return owner === undefined ? null : { kind: 'token', userId: owner, accessToken }
}
