import type { DailyOperations } from '../adapter'
import { fetchSelf } from '../new-api/account'
import { redeemOperations } from '../new-api/redeem'

/** Both hubs: no check-in, and codes without a limit of their own (`contracts/donehub.md 1, 8`). */
export const hubDaily: DailyOperations = {
  // No header names the user, and a cookie outranks a token (3.1).
  redeem: redeemOperations({ budget: 'general', paging: 'one-hub', confirmOwner: fetchSelf }),
}
