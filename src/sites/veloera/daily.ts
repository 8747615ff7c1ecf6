import type { DailyOperations } from '../adapter'
import { redeemOperations } from '../new-api/redeem'
import { veloeraCheckIn } from './check-in'

/** What Veloera does daily; its codes have no limit of their own (`contracts/veloera.md 4, 6, 7`). */
export const veloeraDaily: DailyOperations = {
  checkIn: veloeraCheckIn,
  redeem: redeemOperations({ budget: 'general', paging: 1 }),
}
