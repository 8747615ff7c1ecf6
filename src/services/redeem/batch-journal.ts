import { type JournalEntry, type JournalLine, type LineState, slotOf } from '@/src/domain/journal'
import type { CodeState, RedeemBatch } from '@/src/domain/redemption'

import type { CodePart } from './batch-record'

/** The batch as the journal tells it: by account, with counts, and no code in it. */
export function journalOf(batch: RedeemBatch): JournalEntry {
  const { id, startedAtMs, endedAtMs } = batch
  return {
    id,
    kind: 'redeem',
    why: 'you',
    slot: slotOf(startedAtMs),
    state: stateOf(batch),
    startedAtMs,
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    lines: linesOf(batch),
  }
}

/** Codes that went to no account yet stand with the one they go to first. */
function linesOf({ codes, accountIds }: RedeemBatch): JournalLine[] {
  const [first = ''] = accountIds
  const byAccount = new Map<string, CodePart[]>()
  for (const part of codes) {
    const id = part.accountId ?? first
    byAccount.set(id, [...(byAccount.get(id) ?? []), part])
  }
  return [...byAccount].map(([id, parts]) => lineOf(id, parts))
}

function lineOf(id: string, parts: readonly CodePart[]): JournalLine {
  const counts: Partial<Record<CodeState, number>> = {}
  for (const { state } of parts) counts[state] = (counts[state] ?? 0) + 1
  const amounts = parts.flatMap(({ state, amount }) =>
    state === 'redeemed' && amount !== undefined ? [amount] : [],
  )
  const failure = parts.find((part) => part.failure)?.failure
  return {
    id,
    state: lineState(counts),
    counts,
    ...(amounts.length === 0 ? {} : { reward: amounts.reduce((sum, one) => sum + one, 0) }),
    ...(failure ? { failure } : {}),
  }
}

/** What matters most of what happened at an account. */
function lineState(counts: Partial<Record<CodeState, number>>): LineState {
  if (counts.waiting || counts.sending) return 'waiting'
  if (counts['needs-you']) return 'needs-you'
  if (counts.unknown) return 'unknown'
  if (counts.redeemed) return 'done'
  return counts.failed || counts.limited || counts.refused ? 'failed' : 'not-done'
}

function stateOf({ state, codes }: RedeemBatch): JournalEntry['state'] {
  if (state !== 'done') return state
  const good = codes.filter((part) => part.state === 'redeemed').length
  if (good === codes.length) return 'done'
  return good > 0 ? 'partly' : 'failed'
}
