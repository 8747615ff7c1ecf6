import type { checkInMessages } from '@/src/messaging/automation/check-in'
import type { HandlersOf } from '@/src/messaging/server'
import type { CheckIns } from '@/src/services/check-in/check-ins'

export function checkInHandlers(checkIns: CheckIns): HandlersOf<typeof checkInMessages> {
  return {
    'checkIn.list': () => checkIns.list(),
    'checkIn.run': async ({ accountIds }) => ({ runId: await checkIns.run(accountIds) }),
    'checkIn.stop': () => checkIns.stop().then(done),
    'checkIn.open': async ({ accountIds }) => ({ opened: await checkIns.open(accountIds) }),
    'checkIn.look': ({ accountIds }) => checkIns.look(accountIds).then(done),
    'checkIn.month': ({ accountId, month }) => checkIns.month(accountId, month),
  }
}

const done = () => ({})
