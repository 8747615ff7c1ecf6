import { type Failure, failureOf } from '@/src/domain/failure'
import { type Trace, TRACE_LIMIT, type TraceStep } from '@/src/domain/trace'

import { isHtml } from './challenge'
import type { SiteRequest, SiteResponse, Transport } from './transport'

/** Writes down what one piece of work asks of a site. */
export interface TraceRecorder {
  /** The same transport, with every request noted. */
  wrap(transport: Transport, via: TraceStep['via']): Transport
  steps(): Trace
}

/** Of a long piece of work its beginning and its end are kept. */
const KEPT_HEAD = TRACE_LIMIT / 2

/**
 * A recorder that holds nothing but names of ours, numbers and times: no query, no header value, no
 * body, no word of the site. What a site controls could quote a credential.
 */
export function createTrace(now: () => number): TraceRecorder {
  const steps: TraceStep[] = []

  function add(step: TraceStep): (end: Partial<TraceStep>) => void {
    steps.push(step)
    if (steps.length > TRACE_LIMIT) steps.splice(KEPT_HEAD, 1)
    return (end) => {
      Object.assign(step, end, { tookMs: Math.max(0, now() - step.atMs) })
    }
  }

  return {
    wrap: (transport, via) => async (request, options) => {
      const { method, path } = request
      const finish = add({
        atMs: now(),
        method,
        path,
        proof: proofOf(request),
        via,
        outcome: 'no-answer',
      })
      try {
        const response = await transport(request, options)
        finish({ outcome: 'answered', httpStatus: response.status, media: mediaOf(response) })
        return response
      } catch (thrown) {
        finish({ outcome: nameOf(failureOf(thrown)) })
        throw thrown
      }
    },
    steps: () => steps.map((step) => ({ ...step })),
  }
}

/** The failure with the requests that led to it. */
export function withTrace(failure: Failure, trace: Trace): Failure {
  return trace.length === 0 ? failure : { ...failure, trace }
}

function proofOf({ headers, cookies }: SiteRequest): TraceStep['proof'] {
  const names = Object.keys(headers ?? {})
  if (names.some((name) => name.toLowerCase() === 'authorization')) return 'authorization'
  return cookies === 'include' ? 'cookie' : 'none'
}

function mediaOf(response: SiteResponse): NonNullable<TraceStep['media']> {
  if (response.text === '') return 'empty'
  if (isHtml(response)) return 'html'
  if (/^application\/(?:[\w.+-]+\+)?json$/.test(response.contentType)) return 'json'
  return response.contentType.startsWith('text/') ? 'text' : 'other'
}

function nameOf({ class: kind, reason }: Failure): string {
  return reason === undefined ? kind : `${kind}/${reason}`
}
