import { sendToWorker } from '@/src/platform/runtime'

/** The one way from a page's script to the worker. */
export const CODES_CHANNEL = 'relaydeck.codes'

/** Codes one message may carry; more are cut off before they are sent. */
export const MOST_FOUND = 50

/**
 * The words of the card, and the codes as it shows them; absent = there is nothing to show. `lang`:
 * BCP 47.
 */
export interface CodeCard {
  readonly lang: string
  readonly title: string
  readonly redeem: string
  readonly later: string
  readonly masked: readonly string[]
}

/** Tells the worker which codes were found; asks what to show. Never throws. */
export async function askAboutCodes(codes: readonly string[]): Promise<CodeCard | null> {
  try {
    const card = (await sendToWorker({ channel: CODES_CHANNEL, codes })) as CodeCard | undefined
    return card ?? null
  } catch {
    // The extension was updated or removed since this page was loaded.
    return null
  }
}

/** The user wants to redeem them. Never throws. */
export async function takeCodes(codes: readonly string[]): Promise<void> {
  await sendToWorker({ channel: CODES_CHANNEL, codes, take: true }).catch(() => undefined)
}
