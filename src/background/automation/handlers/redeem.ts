import { settle } from '@/src/domain/failure'
import type { redeemMessages } from '@/src/messaging/automation/redeem'
import type { HandlersOf } from '@/src/messaging/server'
import type { CodeFinder } from '@/src/services/redeem/code-finder'
import type { CodeOffers } from '@/src/services/redeem/offers'
import type { Redeemer } from '@/src/services/redeem/redeemer'

interface HandlerPorts {
  readonly offers: CodeOffers
  readonly redeemer: Redeemer
  readonly finder: CodeFinder
}

export function redeemHandlers({
  offers,
  redeemer,
  finder,
}: HandlerPorts): HandlersOf<typeof redeemMessages> {
  return {
    'redeem.recognise': ({ text, loose }) => offers.paste(text, loose),
    'redeem.offered': () => offers.offered(),
    'redeem.decline': ({ offerId }) => offers.decline(offerId).then(done),
    'redeem.start': async ({ offerId, picks, accountIds }) => {
      const codes = await offers.codesOf(offerId, picks)
      const batchId = await redeemer.start(codes, accountIds)
      // They wait no more; should that fail, they are known for what they are.
      await settle(() => offers.decline(offerId))
      return { batchId }
    },
    'redeem.batches': () => redeemer.list(),
    'redeem.retry': ({ batchId, picks }) => redeemer.retry(batchId, picks).then(done),
    'redeem.stop': ({ batchId }) => redeemer.stop(batchId).then(done),
    'redeem.forget': ({ batchId }) => redeemer.forget(batchId).then(done),
    'redeem.setFinder': ({ origin, on }) => finder.set(origin, on).then(done),
  }
}

const done = () => ({})
