import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Access, SiteAdapter, SiteContext } from '@/src/sites/adapter'

import type { Ledger } from './ledger'
import { createWire, type Wire } from './wire'

/** Where a run happens. */
export interface Place {
  readonly ctx: SiteContext
  readonly ledger: Ledger
  readonly wire: Wire
}

/** What a run is about. */
export interface Subject extends Place {
  readonly adapter: SiteAdapter
}

export function placeAt(origin: string, ledger: Ledger): Place {
  const now = () => Date.now()
  const wire = createWire(origin)
  const transport = createHttpTransport({
    origin,
    fetch: wire.fetch,
    budgets: createBudgets({ now }),
    now,
  })
  return { ctx: { origin, transport, now }, ledger, wire }
}

export function hideAccess({ ledger }: Subject, access: Access): void {
  if (access.kind === 'token') ledger.hide(access.accessToken)
  if (access.kind === 'bearer') ledger.hide(access.bearer)
}
