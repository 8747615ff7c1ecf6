import type { DailyOperations } from '../adapter'
import { fetchSelf } from '../new-api/account'
import { redeemOperations } from '../new-api/redeem'

/** One API has no check-in; its codes are New API's (`contracts/new-api.md 1.5, 4.3, 14`). */
export const oneApiDaily: DailyOperations = {
  // No header names the user: a code must not go to whoever is logged in by now.
  redeem: redeemOperations({ budget: 'critical', paging: 0, confirmOwner: fetchSelf }),
}
