/** Where the codes wait that were found outside, in memory only: see `RawOffer`. */
export const OFFER_SLOT = 'offered-codes'

/** The place of the options page where codes are redeemed. */
export const REDEEM_PLACE = '/redeem'

/** Of a selection, what is looked at. */
export const LONGEST_SELECTION = 20_000

/**
 * What the first script of the worker, or the card on a page, leaves for the automation: codes as
 * they were found, or the text they are looked for in.
 */
export interface RawOffer {
  readonly id: string
  /** Of the page; absent = not known. */
  readonly origin?: string | undefined
  readonly text?: string
  readonly codes?: readonly string[]
}
