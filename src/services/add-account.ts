import {
  type AccountAuth,
  type AccountDecided,
  type AccountRecord,
  editAccount,
} from '@/src/domain/account'
import { raise, unwrap } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { DEFAULT_EXCHANGE_RATE } from '@/src/domain/money'
import { type BondRecord, emptyBond, emptySnapshot } from '@/src/domain/snapshot'
import type { LoginWay } from '@/src/domain/recognition'
import type { DraftRecord } from '@/src/domain/draft'

import type { AccountBook } from './account-book'
import type { SessionPorts } from './sessions'
import { sessionOf } from './site-access'
import { type LinePorts, openLine } from './site-line'

export interface AddPorts extends SessionPorts, LinePorts {
  readonly book: AccountBook
  /** The `Cookie` header this browser would send to an origin. @throws `access` without the right */
  readonly copyCookies: (origin: string) => Promise<string>
}

/** What the user typed or confirmed. */
export type AccountInput = Pick<
  AccountDecided,
  'origin' | 'siteType' | 'userId' | 'auth' | 'name' | 'username' | 'exchangeRate'
>

/**
 * Stores a new account. Where the token itself tells whose it is, an empty user id is looked up
 * first.
 *
 * @throws `input` (field `userId`, reason `duplicate`: that user of that site is stored, or
 *   `user-id-needed`), or why the site could not be asked.
 */
export async function addAccount(ports: AddPorts, input: AccountInput): Promise<string> {
  const account = newAccount(await withUser(ports, input), ports.now())
  await ports.book.add({ account, snapshot: emptySnapshot(account.id) })
  return account.id
}

async function withUser(ports: AddPorts, input: AccountInput): Promise<AccountInput> {
  if (input.userId !== '') return input
  if (input.auth.mode !== 'token') return raise({ class: 'input', field: 'userId' })
  const { ctx } = openLine(ports, newAccount(input, ports.now()), undefined)
  const found = await ports.adapterFor(input.siteType).identify(ctx, input.auth.accessToken)
  const { userId, username } = unwrap(found)
  return { ...input, userId, username: input.username || username }
}

export interface RecognisedChoice {
  readonly name: string
  readonly exchangeRate: number
  readonly way: LoginWay
}

/**
 * Turns a recognition draft into an account.
 *
 * With `new-token` the site makes a new access token and drops the previous one; that request leaves
 * at most once per draft, whatever happens to the worker.
 *
 * @throws `not-found` (the draft is gone), `input`/`duplicate`, `interrupted`/`token-asked` (an
 *   earlier attempt may have made a token that never arrived), or the site's refusal.
 */
export async function addRecognised(
  ports: AddPorts,
  draftId: string,
  choice: RecognisedChoice,
): Promise<string> {
  const draft =
    (await ports.vault.load('drafts', draftId)) ?? raise({ class: 'not-found', reason: 'draft' })
  const { recognition } = draft
  await refuseDuplicate(ports, draft)
  const auth = await authOf(ports, draft, choice.way)
  const { origin, siteType, userId, username } = recognition
  const { name, exchangeRate } = choice
  const account = newAccount(
    { origin, siteType, userId, auth, name, username, exchangeRate },
    ports.now(),
  )
  const generation = { value: recognition.generation, atMs: draft.createdAtMs }
  const bond = await bondFor(ports, account, draft)
  if (bond) await ports.vault.write([{ store: 'bonds', put: bond }])
  await ports.book.add({ account, snapshot: { ...emptySnapshot(account.id), generation } })
  await ports.vault.write([{ store: 'drafts', remove: draftId }])
  return account.id
}

/**
 * Gives a stored account a login that was found for the same user.
 *
 * @throws `not-found` (draft or account), `identity` (the login is another user's), `input` (`way`)
 */
export async function takeLogin(
  ports: AddPorts,
  id: string,
  draftId: string,
  way: LoginWay,
): Promise<void> {
  const draft =
    (await ports.vault.load('drafts', draftId)) ?? raise({ class: 'not-found', reason: 'draft' })
  const { account } = await ports.book.page(id)
  const { origin, userId } = draft.recognition
  if (origin !== account.decided.origin || userId !== account.decided.userId) {
    return raise({ class: 'identity', reason: 'user-mismatch' })
  }
  const auth = await authOf(ports, draft, way)
  const edited = editAccount(account, { auth }, ports.now())
  const bond = (await bondFor(ports, edited, draft)) ?? emptyBond(id)
  const stored = await ports.book.update(id, (current) => ({
    account: editAccount(current.account, { auth }, ports.now()),
    also: [{ store: 'bonds', put: bond }],
  }))
  if (stored === 'missing') return raise({ class: 'not-found', reason: 'account' })
  await ports.vault.write([{ store: 'drafts', remove: draftId }])
}

/** What binds the new account to this device; its bearer or cookies come out of the login found. */
async function bondFor(
  ports: AddPorts,
  account: AccountRecord,
  { access, refreshToken }: DraftRecord,
): Promise<BondRecord | null> {
  const { auth, origin } = account.decided
  if (auth.mode === 'token') return null
  if (auth.mode === 'cookie' && auth.jar === 'own') {
    const header = await ports.copyCookies(origin)
    const bond: BondRecord = { ...emptyBond(account.id), cookies: { header, atMs: ports.now() } }
    await expectSameUser(ports, account, bond)
    return bond
  }
  if (access.kind !== 'bearer') return null
  const keepsToken = auth.mode === 'session' && auth.owner === 'self'
  if (keepsToken && refreshToken === undefined) return raise({ class: 'input', field: 'way' })
  const session = sessionOf(access)
  return {
    ...emptyBond(account.id),
    ...(session ? { session: { ...session, ...(keepsToken ? { refreshToken } : {}) } } : {}),
  }
}

/** Somebody else may have logged in since the recognition: then the cookies are theirs. */
async function expectSameUser(
  ports: AddPorts,
  account: AccountRecord,
  bond: BondRecord,
): Promise<void> {
  await ports.vault.write([{ store: 'bonds', put: bond }])
  try {
    const { ctx } = openLine(ports, account, undefined)
    const adapter = ports.adapterFor(account.decided.siteType)
    const { userId } = account.decided
    const generation = unwrap(await adapter.probeGeneration(ctx, null))
    const access = unwrap(await adapter.openSession(ctx, userId, generation))
    unwrap(await adapter.fetchFigures(ctx, access))
  } catch (thrown) {
    await ports.vault.write([{ store: 'bonds', remove: account.id }])
    throw thrown
  }
}

/** Looked at before a token is made: a token nobody can store would be a token lost. */
async function refuseDuplicate(ports: AddPorts, { recognition }: DraftRecord): Promise<void> {
  const { rows } = await ports.book.glance()
  const { origin, userId } = recognition
  if (rows.some((row) => row.origin === origin && row.userId === userId)) {
    raise({ class: 'input', reason: 'duplicate', field: 'userId' })
  }
}

async function authOf(ports: AddPorts, draft: DraftRecord, way: LoginWay): Promise<AccountAuth> {
  // What the recognition did not offer is not done, whoever asks for it.
  if (!draft.recognition.ways.includes(way)) return raise({ class: 'input', field: 'way' })
  switch (way) {
    case 'found-token': {
      const accessToken = draft.existingToken ?? raise({ class: 'input', field: 'way' })
      return { mode: 'token', accessToken }
    }
    case 'new-token':
      return { mode: 'token', accessToken: await createToken(ports, draft) }
    case 'browser-login':
      return { mode: 'cookie' }
    case 'own-cookies':
      return { mode: 'cookie', jar: 'own' }
    case 'page-session':
      return { mode: 'session', owner: 'page' }
    case 'own-session':
      return { mode: 'session', owner: 'self' }
    case 'paste-token':
      // A typed token comes by `addAccount`, whose input carries it.
      return raise({ class: 'input', field: 'way' })
  }
}

async function createToken(ports: AddPorts, draft: DraftRecord): Promise<string> {
  if (draft.tokenAskedAtMs !== undefined) raise({ class: 'interrupted', reason: 'token-asked' })
  await ports.vault.write([{ store: 'drafts', put: { ...draft, tokenAskedAtMs: ports.now() } }])
  const { origin, siteType } = draft.recognition
  // Not over a line: that one may send a request twice.
  const ctx = { origin, transport: ports.transportTo(origin), now: ports.now }
  const made = await ports.adapterFor(siteType).createAccessToken(ctx, draft.access)
  if (!made.ok && made.failure.class !== 'interrupted') {
    // Certainly refused: nothing was made, so the user may choose again.
    await ports.vault.write([{ store: 'drafts', put: draft }])
  }
  return unwrap(made)
}

function newAccount(input: AccountInput, nowMs: number): AccountRecord {
  const decided: AccountDecided = {
    ...input,
    exchangeRate: input.exchangeRate > 0 ? input.exchangeRate : DEFAULT_EXCHANGE_RATE,
    notes: '',
    tagIds: [],
    disabled: false,
    excludeFromTotal: false,
  }
  return {
    id: newId('acc'),
    createdAtMs: nowMs,
    decided,
    decidedAtMs: Object.fromEntries(Object.keys(decided).map((field) => [field, nowMs])),
  }
}
