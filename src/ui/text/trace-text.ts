import type { Failure } from '@/src/domain/failure'
import type { Generation, SiteType } from '@/src/domain/site-type'
import type { TraceStep } from '@/src/domain/trace'

/** What a report tells of the site besides the failure. */
export interface ReportSubject {
  readonly siteType: SiteType
  readonly generation?: Generation | undefined
}

/**
 * What may be copied out for a report: codes, numbers and times only. The site's words (`detail`),
 * the field at fault, the origin, which may be a private host, and who the user is stay out. Not
 * translated: whoever reads a report must be able to search for it.
 */
export function failureReport(failure: Failure, subject?: ReportSubject): string {
  const { trace = [] } = failure
  const facts = {
    class: failure.class,
    reason: failure.reason,
    site: subject?.siteType,
    generation: subject?.generation,
    path: failure.path && pathOf(failure.path),
    status: failure.httpStatus,
    next: failure.retryAtMs === undefined ? undefined : timeOf(failure.retryAtMs),
  }
  const lines = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${String(value)}`)
  return [...lines, ...(trace.length > 0 ? ['requests:'] : []), ...trace.map(lineOf)].join('\n')
}

/** The path of a request, without what could be somebody's id in it. */
export function pathOf(path: string): string {
  return path
    .replace(/[?#].*$/s, '')
    .split('/')
    .map((part) => (/^\d+$|^(?=.*\d)[\w.%-]{17,}$/.test(part) ? '*' : part))
    .join('/')
}

/** Time, method, path, proof, way, outcome, status, kind of body, duration; `-` = not known. */
function lineOf(step: TraceStep): string {
  return [
    timeOf(step.atMs),
    step.method,
    pathOf(step.path),
    step.proof,
    step.via,
    step.outcome,
    step.httpStatus ?? '-',
    step.media ?? '-',
    step.tookMs === undefined ? '-' : `${String(step.tookMs)}ms`,
  ].join(' ')
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
