import type { DailyOperations } from '../adapter'
import { newApiDaily, newApiRedeem } from '../new-api/daily'
import { anyRouterCheckIn } from './any-router'
import type { RelativeType } from './table'
import { wongCheckIn } from './wong'

const REDEEM_ONLY: DailyOperations = { redeem: newApiRedeem }

/**
 * What the relatives of New API do daily: most of them have no check-in that a program could do
 * (`contracts/new-api.md 13`, `contracts/other-sites.md 7`).
 */
export const relativesDaily: Readonly<Record<RelativeType, DailyOperations>> = {
  'model-flare': newApiDaily,
  'any-router': { checkIn: anyRouterCheckIn, redeem: newApiRedeem },
  wong: { checkIn: wongCheckIn, redeem: newApiRedeem },
  'agent-router': REDEEM_ONLY,
  'v-api': REDEEM_ONLY,
  voapi: REDEEM_ONLY,
  'super-api': REDEEM_ONLY,
  'rix-api': REDEEM_ONLY,
  'neo-api': REDEEM_ONLY,
}
