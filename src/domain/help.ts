/** How one site ended: its check was passed, its tab was closed, or time ran out. */
export type HelpOutcome = 'passed' | 'closed' | 'gave-up'

/** Help with protection pages, as pages show it. */
export interface HelpProgress {
  /** The site being helped now; absent = nothing is under way any more. */
  readonly current?: {
    readonly origin: string
    /** `waiting`: for the check to be passed. `running`: its waiting requests are being made. */
    readonly phase: 'opening' | 'waiting' | 'running'
    /** Opened because the user allowed it for this site, not because of a click just now. */
    readonly unseen: boolean
  }
  /** Sites that come after it. */
  readonly left: readonly string[]
  readonly ended: readonly { readonly origin: string; readonly outcome: HelpOutcome }[]
}
