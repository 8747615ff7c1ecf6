import type { AccountRecord } from '@/src/domain/account'
import { raise, type Result, settle, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { SnapshotRecord } from '@/src/domain/snapshot'
import type { Access, SiteAdapter, SiteContext } from '@/src/sites/adapter'

import type { AccountBook } from './account-book'
import type { SessionPorts } from './sessions'
import { accessOf, tokenAccessOf } from './site-access'
import { type LinePorts, openLine } from './site-line'
import { withAccess } from './with-access'

/** An account at work at its site, with proof of its user. */
export interface AccountSite<Adapter extends SiteAdapter = SiteAdapter> {
  readonly account: AccountRecord
  readonly snapshot: SnapshotRecord
  readonly adapter: Adapter
  readonly ctx: SiteContext
  readonly access: Access
  readonly generation: Generation
}

export interface AsAccountPorts extends SessionPorts, LinePorts {
  readonly book: AccountBook
}

/** Runs `work` as an account; resolves with what it resolves with, or why it could not begin. */
export type AsAccount<Adapter extends SiteAdapter = SiteAdapter> = <T>(
  accountId: string,
  work: (site: AccountSite<Adapter>) => Promise<Result<T>>,
  signal?: AbortSignal,
) => Promise<Result<T>>

/**
 * Does one piece of work at an account's site. A login that was refused is renewed once where that
 * may help, and the work is run again: a refused call has changed nothing. An answer that may have
 * been given to the user of an open page instead is confirmed afterwards or fails as `identity`.
 * Nothing is stored but the generation, where it was not known.
 */
export function createAsAccount(ports: AsAccountPorts): AsAccount {
  return (accountId, work, signal) =>
    settle(async () => {
      const { account, snapshot } = await ports.book.page(accountId)
      if (account.decided.disabled) raise({ class: 'refused', reason: 'account-disabled' })
      const line = openLine(ports, account, signal)
      const adapter = ports.adapterFor(account.decided.siteType)
      const generation = await generationOf(ports, line.ctx, account, snapshot)
      const site = { account, snapshot, adapter, ctx: line.ctx, generation }
      const value = await withAccess(ports, line.ctx, account, generation, (access) =>
        work({ ...site, access }),
      )
      if (line.isMixed()) {
        const access = await accessOf(ports, line.ctx, account, generation)
        unwrap(await adapter.fetchFigures(line.ctx, access))
      }
      return value
    })
}

/** The generation known from refreshes; asked for, and kept, where none has run yet. */
async function generationOf(
  ports: AsAccountPorts,
  ctx: SiteContext,
  account: AccountRecord,
  snapshot: SnapshotRecord,
): Promise<Generation> {
  if (snapshot.generation) return snapshot.generation.value
  const adapter = ports.adapterFor(account.decided.siteType)
  const value = unwrap(await adapter.probeGeneration(ctx, tokenAccessOf(account)))
  const generation = { value, atMs: ports.now() }
  await ports.book.update(account.id, ({ snapshot: current }) =>
    current.generation ? null : { snapshot: { ...current, generation } },
  )
  return value
}
