/** What goes wrong with a request on purpose. */
export type Fault =
  | { kind: 'latency'; ms: number }
  /** Never carried out and never answered. */
  | { kind: 'hang' }
  | {
      kind: 'status'
      status: number
      /** Text as it is, anything else as JSON; absent = empty body. */
      body?: unknown
      contentType?: string
      headers?: Record<string, string>
    }
  /** The socket is destroyed before anything is done. */
  | { kind: 'reset' }
  /** The request is carried out, and never answered. */
  | { kind: 'done-hang' }
  /** The request is carried out, and the socket destroyed instead of an answer. */
  | { kind: 'done-reset' }
  /** The request is carried out, its answer cut after `bytes` (half of it if absent). */
  | { kind: 'truncate'; bytes?: number }
  | { kind: 'spa' }
  | { kind: 'challenge' }
  /** Carried out as if the credential belonged to that user. */
  | { kind: 'wrong-user'; userId: number }
  /** The JSON answer is padded to that size. */
  | { kind: 'oversize'; bytes: number }
  | { kind: 'redirect'; to: string }
  /** Every quota figure becomes text or a broken number. */
  | { kind: 'wrong-units' }
  | { kind: 'rate-limit'; retryAfterSec?: number }

/** Which requests a fault meets; an absent field meets all. */
interface FaultMatch {
  method?: string
  /** Route path (`/api/token/:id`), path as sent, or `*`. */
  path?: string
  /** User the credential belongs to. */
  userId?: number
}

/** Faults to come. The first fitting one applies; latencies apply on top of it. */
export interface FaultPlan {
  set(match: FaultMatch, fault: Fault, times?: number): void
  clear(): void
}

/** What the dispatcher asks a plan about. */
interface FaultSubject {
  method: string
  route: string
  path: string
  userId: number | null
}

export interface FaultSource extends FaultPlan {
  /** Total latency in milliseconds and the fault for this request; uses up one time of each. */
  take(subject: FaultSubject): { latencyMs: number; fault: Fault | null }
}

interface Rule {
  match: FaultMatch
  fault: Fault
  left: number
}

function isMatch(match: FaultMatch, subject: FaultSubject): boolean {
  const { method, path, userId } = match
  if (method !== undefined && method.toUpperCase() !== subject.method) return false
  if (userId !== undefined && userId !== subject.userId) return false
  return path === undefined || path === '*' || path === subject.route || path === subject.path
}

export function createFaultPlan(): FaultSource {
  let rules: Rule[] = []
  return {
    set: (match, fault, times = Infinity) => {
      rules.push({ match, fault, left: times })
    },
    clear: () => {
      rules = []
    },
    take: (subject) => {
      let latencyMs = 0
      let fault: Fault | null = null
      for (const rule of rules) {
        if (rule.left <= 0 || !isMatch(rule.match, subject)) continue
        if (rule.fault.kind === 'latency') latencyMs += rule.fault.ms
        else if (fault === null) fault = rule.fault
        else continue
        rule.left -= 1
      }
      rules = rules.filter((rule) => rule.left > 0)
      return { latencyMs, fault }
    },
  }
}
