/** A check-in the site accepted. */
interface BookedCheckIn {
  readonly userId: number
  /** The site's own day, `YYYY-MM-DD`. */
  readonly day: string
  /** Quota units. */
  readonly award: number
  readonly atMs: number
}

/** A redemption code the site accepted. */
interface BookedCode {
  readonly userId: number
  readonly code: string
  /** In the site's unit, or what the code was worth of something else. */
  readonly amount: number
  readonly atMs: number
}

/** What a site really gave, whatever it answered: one row for each time, and nothing ever goes. */
export interface Books {
  readonly checkIns: BookedCheckIn[]
  readonly codes: BookedCode[]
}

export function createBooks(): Books {
  return { checkIns: [], codes: [] }
}
