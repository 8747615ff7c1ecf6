import type { Transport } from '@/src/net/transport'

/** A clock that is wrong by more could reach no site; what says so is itself not to be believed, ms. */
const MOST_MS = 7 * 86_400_000
/** The header leaves out the parts of a second, which are half a second in the middle, ms. */
const HALF_SECOND_MS = 500

/**
 * A transport that reads off every answer what time it is at the site.
 *
 * @param tell gets by how much the site's clock is ahead of this device's, ms
 */
export function tellingTime(
  transport: Transport,
  now: () => number,
  tell: (errorMs: number) => void,
): Transport {
  return async (request, options) => {
    const response = await transport(request, options)
    const errorMs = Date.parse(response.header('date') ?? '') + HALF_SECOND_MS - now()
    if (Math.abs(errorMs) <= MOST_MS) tell(errorMs)
    return response
  }
}
