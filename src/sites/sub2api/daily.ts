import type { DailyOperations } from '../adapter'
import { redeemOperations } from './redeem'

/** Sub2API has no check-in (`contracts/sub2api.md 12`). */
export const sub2ApiDaily: DailyOperations = { redeem: redeemOperations }
