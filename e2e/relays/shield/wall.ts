import type { IncomingMessage } from 'node:http'

import type { Reply } from '../kit/reply'
import type { Clearances } from './clearances'
import type { ShieldLog } from './shield-counters'

/** How a challenge page is passed: by a press on its button, or by itself after a while. */
export type Interaction = 'click' | 'automatic'

/** What every kind of wall gets. */
export interface WallParts {
  readonly clearances: Clearances
  readonly clearanceMs: number
  readonly interaction: Interaction
  readonly delayMs: number
  readonly log: ShieldLog
}

/** One kind of protection in front of a site. */
export interface Wall {
  /** Headers of every answer, also of those that come from the site behind. */
  readonly headers: Record<string, string>
  /** Whether a request may go on to the site. */
  isPassed(req: IncomingMessage): boolean
  /** The answer of the wall's own addresses; `null` for any other path. */
  serve(req: IncomingMessage, path: string, body: () => Promise<string>): Promise<Reply | null>
  /** What stands in for the site's answer. */
  refuse(req: IncomingMessage): Reply
}
