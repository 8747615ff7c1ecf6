import { raise, unwrap } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { DEFAULT_EXCHANGE_RATE, DEFAULT_QUOTA_PER_UNIT } from '@/src/domain/money'
import type { LoginWay, Recognition } from '@/src/domain/recognition'
import type { AuthMode } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'
import { type AskPage, readPageStorage } from '@/src/net/tab-transport'
import type { Transport } from '@/src/net/transport'
import type { Detection, SiteAdapter, SiteContext, TabSession } from '@/src/sites/adapter'
import type { Result } from '@/src/domain/failure'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from './account-book'

/** All of a recognition, ms; a site that has not answered by then is too slow to wait for. */
const DEADLINE_MS = 30_000
/** Drafts nobody turned into an account are deleted after this, ms. */
const DRAFT_LIFE_MS = 3_600_000

export interface RecognisePorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly detect: (ctx: SiteContext) => Promise<Result<{ siteType: SiteType } & Detection>>
  readonly adapterFor: (type: SiteType) => SiteAdapter
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly findTab: (origin: string, preferred?: number) => Promise<number | null>
  /** Puts the page script into a tab and returns the way to question it. */
  readonly reach: (tabId: number) => Promise<AskPage>
  /** A transport whose requests the page script makes. */
  readonly transportIn: (origin: string, ask: AskPage) => Transport
  readonly now: () => number
}

/**
 * Finds out what runs at `origin` and who is logged in, inside a tab of it that the user has open.
 * Creates nothing at the site. What was found, secrets included, waits as a draft in the vault.
 *
 * @throws `access`, `needs-tab`, `login`, `unsupported` (`unknown-site`), or any transport failure.
 */
export async function recognise(
  ports: RecognisePorts,
  origin: string,
  tabId?: number,
): Promise<Recognition> {
  if (!(await ports.hasAccess(origin))) raise({ class: 'access', reason: 'not-granted' })
  const tab = await ports.findTab(origin, tabId)
  if (tab === null) return raise({ class: 'needs-tab', reason: 'none-open' })
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  try {
    return await look(ports, origin, await ports.reach(tab), deadline)
  } catch (thrown) {
    // What was cancelled by the deadline was too slow, not unwanted.
    if (deadline.aborted) return raise({ class: 'network', reason: 'timeout' }, thrown)
    throw thrown
  }
}

async function look(
  ports: RecognisePorts,
  origin: string,
  ask: AskPage,
  signal: AbortSignal,
): Promise<Recognition> {
  const ctx: SiteContext = {
    origin,
    transport: ports.transportIn(origin, ask),
    now: ports.now,
    signal,
  }
  const detection = unwrap(await ports.detect(ctx))
  const adapter = ports.adapterFor(detection.siteType)
  const values = await readPageStorage(origin, adapter.pageStorageKeys, ask)
  const session = unwrap(await adapter.readSession(ctx, { values }))
  const recognition = await describe(ports, origin, detection, session, adapter)
  await keepDraft(ports, recognition, session)
  return recognition
}

async function describe(
  ports: RecognisePorts,
  origin: string,
  { siteType, evidence, status }: Detection,
  session: TabSession,
  adapter: SiteAdapter,
): Promise<Recognition> {
  const { rows } = await ports.book.glance()
  const { userId } = session.access
  return {
    draftId: newId('draft'),
    origin,
    siteType,
    generation: session.generation,
    evidence: [...evidence],
    siteName: siteNameOf(origin, status.systemName),
    userId,
    username: session.figures.username,
    balance: session.figures.balance,
    unit: adapter.description.unit,
    quotaPerUnit: status.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    exchangeRate: status.rechargeRate ?? DEFAULT_EXCHANGE_RATE,
    ways: waysOf(session, adapter.description.authModes),
    existing: rows
      .filter((row) => row.origin === origin)
      .map((row) => ({ id: row.id, name: row.name, sameUser: row.userId === userId })),
  }
}

/** What can be chosen, the default first. Nothing that changes the site is ever the default. */
function waysOf(session: TabSession, modes: readonly AuthMode[]): LoginWay[] {
  const hasTokens = modes.includes('token')
  return [
    ...(hasTokens && session.existingToken !== null ? ['found-token' as const] : []),
    ...(modes.includes('session') ? ['page-session' as const] : []),
    ...(modes.includes('cookie') ? ['browser-login' as const] : []),
    ...(hasTokens && session.existingToken === null ? ['paste-token' as const] : []),
    ...(hasTokens && session.existingToken === null && session.tokenCreation === 'replaces'
      ? ['new-token' as const]
      : []),
  ]
}

async function keepDraft(
  ports: RecognisePorts,
  recognition: Recognition,
  session: TabSession,
): Promise<void> {
  const { records, damaged } = await ports.vault.loadAll('drafts')
  const old = records.filter((draft) => ports.now() - draft.createdAtMs > DRAFT_LIFE_MS)
  await ports.vault.write([
    ...[...old, ...damaged].map(({ id }) => ({ store: 'drafts', remove: id }) as const),
    {
      store: 'drafts',
      put: {
        id: recognition.draftId,
        createdAtMs: ports.now(),
        recognition,
        access: session.access,
        existingToken: session.existingToken,
      },
    },
  ])
}

/** Names operators leave at their default say nothing about the site. */
const PRODUCT_NAME = /^(new|one)[-_ ]?api$/i

function siteNameOf(origin: string, systemName: string | undefined): string {
  const given = systemName?.trim() ?? ''
  return given !== '' && !PRODUCT_NAME.test(given) ? given.slice(0, 120) : new URL(origin).host
}
