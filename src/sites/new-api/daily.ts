import type { DailyOperations } from '../adapter'
import { newApiCheckIn } from './check-in'
import { redeemOperations } from './redeem'

/** Redemption of New API and its relatives (`contracts/new-api.md 1.5, 4.3`). */
export const newApiRedeem = redeemOperations({ budget: 'critical', paging: 1 })

/** What New API does daily (`contracts/new-api.md 4.3, 5`). */
export const newApiDaily: DailyOperations = { checkIn: newApiCheckIn, redeem: newApiRedeem }
