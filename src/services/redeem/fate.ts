import { type Failure, ok } from '@/src/domain/failure'
import type { CodeState, SentCode } from '@/src/domain/redemption'
import type { DailyAdapter, RedeemAnswer } from '@/src/sites/adapter'

import type { AccountSite } from '../as-account'
import type { CodePart, Outcome } from './batch-record'
import type { RedeemPorts } from './ports'
import { growthSince, PROOF_MS } from './standings'
import { outcomeOf } from './verdict'

/** How far clocks of sites may differ from ours, ms. */
const CLOCK_MS = 5 * 60_000
/** Nothing is known of it but that it left. */
const LOST: Failure = { class: 'interrupted', reason: 'uncertain' }

/** A code that left, and nobody saw the answer. */
export interface LostCode extends Pick<CodePart, 'code' | 'before'> {
  readonly accountId: string
  readonly sentAtMs: number
  /** How the call failed; absent = the worker died, or the site answered. */
  readonly failure?: Failure | undefined
}

type FatePorts = Pick<RedeemPorts, 'vault' | 'asAccount' | 'now'>

/**
 * Finds out what became of a code, by asking and never by sending it again: by the site's own list of
 * codes, by what the account's balance grew by, or by the site's log. Where none of them tells, it
 * stays `unknown`.
 */
export async function fateOf(
  ports: FatePorts,
  id: SentCode['id'],
  lost: LostCode,
): Promise<Outcome> {
  const told = await proofOf(ports, id, lost, true)
  return told ? outcomeOf(told) : { state: 'unknown', failure: lost.failure ?? LOST }
}

/**
 * Whether a code that the site refused was credited to the account all the same; `null` = nothing
 * says so. Browsers send a request again by themselves when the connection breaks before the answer
 * comes; then the site refuses a code that it has just credited.
 */
export async function creditOfRefused(
  ports: FatePorts,
  id: SentCode['id'],
  lost: LostCode,
): Promise<Outcome | null> {
  // A row of the log would not be enough against what the site said.
  const told = await proofOf(ports, id, lost, false)
  return told?.outcome === 'redeemed' ? outcomeOf(told) : null
}

/** What proves that the code was credited, or used before; `null` = nothing does. */
async function proofOf(
  ports: FatePorts,
  id: SentCode['id'],
  lost: LostCode,
  byLog: boolean,
): Promise<RedeemAnswer | null> {
  const others = await othersOf(ports, id, lost)
  // A row that may be another code's is no proof.
  const isMixed = others.some(({ atMs }) => atMs > lost.sentAtMs - CLOCK_MS)
  const told = await ports.asAccount(lost.accountId, async (site) => {
    if (site.adapter.redeem?.findsCode) return ok(await lookFor(site, lost))
    const growth = others.some(isOpen) ? null : await grownBy(ports, site, lost)
    if (growth !== null) return ok(growth > 0 ? credit(growth) : null)
    return ok(byLog && !isMixed ? await lookFor(site, lost) : null)
  })
  return told.ok ? told.value : null
}

const credit = (amount: number): RedeemAnswer => ({ outcome: 'redeemed', amount })

/** Codes of the account that may have been credited at about the same time. */
async function othersOf(
  { vault }: FatePorts,
  id: SentCode['id'],
  { accountId, sentAtMs }: LostCode,
): Promise<SentCode[]> {
  const { records } = await vault.loadAll('sentCodes')
  return records.filter(
    (one) =>
      one.id !== id &&
      one.accountId === accountId &&
      MAY_BE_CREDITED.has(one.state) &&
      one.atMs > sentAtMs - 2 * PROOF_MS,
  )
}

const MAY_BE_CREDITED: ReadonlySet<CodeState> = new Set(['redeemed', 'unknown', 'sending'])

const isOpen = ({ state }: SentCode) => state !== 'redeemed'

async function lookFor(
  { adapter, ctx, access }: AccountSite<DailyAdapter>,
  { code, sentAtMs }: LostCode,
): Promise<RedeemAnswer | null> {
  const found = await adapter.redeem?.find?.(ctx, access, code, sentAtMs)
  return found?.ok ? found.value : null
}

async function grownBy(
  { vault, now }: FatePorts,
  { adapter, ctx, access }: AccountSite<DailyAdapter>,
  lost: LostCode,
): Promise<number | null> {
  if (!lost.before) return null
  const told = await adapter.fetchFigures(ctx, access)
  return told.ok ? growthSince(vault, lost, told.value, now()) : null
}
