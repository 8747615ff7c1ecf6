import { checkInMessages } from './automation/check-in'
import { journalMessages } from './automation/journal'
import { redeemMessages } from './automation/redeem'
import { automationMessages } from './automation/settings'

/**
 * Messages of the automation, a part of the worker of its own: check-in, redemption, journal,
 * warnings, notices. Same form and same door as the others.
 */
export const automationProtocol = {
  ...checkInMessages,
  ...redeemMessages,
  ...journalMessages,
  ...automationMessages,
}

export type AutomationProtocol = typeof automationProtocol
