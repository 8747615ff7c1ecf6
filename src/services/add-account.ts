import type { AccountAuth, AccountDecided, AccountRecord } from '@/src/domain/account'
import { raise, unwrap } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { DEFAULT_EXCHANGE_RATE } from '@/src/domain/money'
import { emptySnapshot } from '@/src/domain/snapshot'
import type { LoginWay } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'
import type { Transport } from '@/src/net/transport'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { DraftRecord } from '@/src/domain/draft'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from './account-book'
import { bondOf, contextFor } from './site-access'

export interface AddPorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly transportTo: (origin: string) => Transport
  readonly now: () => number
}

/** What the user typed or confirmed. */
export type AccountInput = Pick<
  AccountDecided,
  'origin' | 'siteType' | 'userId' | 'auth' | 'name' | 'username' | 'exchangeRate'
>

/** Stores a new account. @throws `input`/`duplicate` when that user of that site is stored. */
export async function addAccount(ports: AddPorts, input: AccountInput): Promise<string> {
  const account = newAccount(input, ports.now())
  await ports.book.add({ account, snapshot: emptySnapshot(account.id) })
  return account.id
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
  const { recognition, access } = draft
  await refuseDuplicate(ports, draft)
  const auth = await authOf(ports, draft, choice.way)
  const { origin, siteType, userId, username } = recognition
  const { name, exchangeRate } = choice
  const account = newAccount(
    { origin, siteType, userId, auth, name, username, exchangeRate },
    ports.now(),
  )
  const generation = { value: recognition.generation, atMs: draft.createdAtMs }
  await ports.book.add({ account, snapshot: { ...emptySnapshot(account.id), generation } })
  await ports.vault.write([
    { store: 'drafts', remove: draftId },
    ...(auth.mode !== 'token' && access.kind === 'bearer'
      ? [{ store: 'bonds', put: bondOf(account.id, access) } as const]
      : []),
  ])
  return account.id
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
  const ctx = contextFor(ports, origin, undefined)
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
