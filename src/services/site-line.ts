import type { AccountRecord } from '@/src/domain/account'
import { type BackOff, backedOff } from '@/src/net/back-off'
import { shielded } from '@/src/net/shield'
import { createTrace, type TraceRecorder } from '@/src/net/trace'
import type { Transport } from '@/src/net/transport'
import type { SiteContext } from '@/src/sites/adapter'

/** The ways to a site that the browser offers. */
export interface LinePorts {
  /** From the worker, with the browser's cookies where a request asks for cookies. */
  readonly transportTo: (origin: string) => Transport
  /** From the worker, with cookies that belong to one account alone. */
  readonly ownCookiesOf: (account: AccountRecord) => Promise<Transport>
  /** Through a tab of the site that is open anyway; `null` = none is. */
  readonly inTab: (origin: string) => Promise<Transport | null>
  readonly backOff: BackOff
  readonly now: () => number
}

/** An account's connection to its site for one piece of work. */
export interface Line {
  readonly ctx: SiteContext
  readonly trace: TraceRecorder
  /** Whether answers to a token may have been for the user of an open page instead. */
  readonly isMixed: () => boolean
}

/**
 * Puts together how an account's requests travel: from the worker, resting where the site is down,
 * and through an open tab where a protection page stands in front of it.
 */
export function openLine(
  ports: LinePorts,
  account: AccountRecord,
  signal: AbortSignal | undefined,
): Line {
  const { origin, auth } = account.decided
  const { backOff, now } = ports
  const trace = createTrace(now)
  let mixed = false
  const hasOwnCookies = auth.mode === 'cookie' && auth.jar === 'own'
  const worker = hasOwnCookies
    ? trace.wrap(
        lazy(() => ports.ownCookiesOf(account)),
        'own-cookies',
      )
    : trace.wrap(ports.transportTo(origin), 'worker')
  const transport = shielded({
    origin,
    direct: backedOff(worker, origin, backOff, now),
    // A tab has the cookies of whoever is logged in there: not for an account that has its own.
    inTab: async () => {
      const tab = hasOwnCookies ? null : await ports.inTab(origin)
      return tab && trace.wrap(tab, 'tab')
    },
    backOff,
    now,
    onMixed: () => {
      mixed = true
    },
  })
  return {
    ctx: { origin, transport, now, ...(signal ? { signal } : {}) },
    trace,
    isMixed: () => mixed,
  }
}

/** A transport that is obtained when the first request needs it. */
function lazy(obtain: () => Promise<Transport>): Transport {
  let obtained: Promise<Transport> | undefined
  return async (request, options) => {
    const transport = await (obtained ??= obtain())
    return transport(request, options)
  }
}
