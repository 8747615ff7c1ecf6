import type { CodeOffer, RedeemBatchView } from '@/src/domain/redemption'

import { type Answers, openPage } from '../options-harness'
import { makeRow } from './make-row'

export const nova = makeRow(1, { name: 'Nova', origin: 'https://api.nova.example' })
export const luna = makeRow(2, { name: 'Luna' })
export const usd = makeRow(3, { name: 'Dollar', unit: 'usd' })
export const rows = [nova, luna, usd]

/** Two pasted codes that two accounts can take. */
export const offer = (given: Partial<CodeOffer> = {}): CodeOffer => ({
  id: 'offer_1',
  codes: [{ masked: 'aaaa••••1111' }, { masked: 'bbbb••••2222' }],
  accounts: [
    { accountId: nova.id, fits: false },
    { accountId: luna.id, fits: false },
  ],
  ...given,
})

export const batchId = `run_${'1'.repeat(32)}`
export type CodeView = RedeemBatchView['codes'][number]

/** A batch of these codes, the newest one there is. */
export const batch = (
  state: RedeemBatchView['state'],
  codes: readonly Partial<CodeView>[],
  given: Partial<RedeemBatchView> = {},
): RedeemBatchView => ({
  id: batchId,
  state,
  startedAtMs: 1_700_000_000_000,
  codes: codes.map((code) => ({ masked: 'cccc••••3333', state: 'waiting', ...code })),
  ...given,
})

/** Opens the page in front of a worker that takes everything. */
export const openRedeem = (given: Answers = {}) =>
  openPage('#/redeem', {
    'accounts.glance': () => ({ rows, damaged: [] }),
    'redeem.offered': () => null,
    'redeem.batches': () => [],
    'redeem.start': () => ({ batchId }),
    'redeem.decline': () => ({}),
    'redeem.retry': () => ({}),
    'redeem.stop': () => ({}),
    'redeem.forget': () => ({}),
    ...given,
  })
