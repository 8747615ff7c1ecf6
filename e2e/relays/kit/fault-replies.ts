import { challengePage, CHALLENGE_HEADERS } from './challenge-page'
import type { Fault } from './faults'
import { emptyReply, htmlReply, jsonReply, withHeaders, type Reply } from './reply'

const STATIC_PAGE = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Console</title></head>
<body><noscript>JavaScript is needed.</noscript><div id="root"></div></body></html>`

/** The page of a bot wall in front of the site: 403, HTML, `cf-mitigated`. */
function challengeReply(): Reply {
  return withHeaders(htmlReply(challengePage(), 403), CHALLENGE_HEADERS)
}

function statusReply(fault: Extract<Fault, { kind: 'status' }>): Reply {
  const { status, body, contentType, headers = {} } = fault
  if (body === undefined) {
    return emptyReply(status, contentType ? { 'content-type': contentType, ...headers } : headers)
  }
  const reply: Reply =
    typeof body === 'string'
      ? {
          ...emptyReply(status),
          body: { kind: 'text', text: body, contentType: contentType ?? 'text/plain' },
        }
      : jsonReply(body, status)
  const type = contentType === undefined ? {} : { 'content-type': contentType }
  return withHeaders(reply, { ...type, ...headers })
}

/** The answer of a fault that replaces the server's own; `null` for all other faults. */
export function replyOfFault(fault: Fault): Reply | null {
  switch (fault.kind) {
    case 'status':
      return statusReply(fault)
    case 'spa':
      return htmlReply(STATIC_PAGE)
    case 'challenge':
      return challengeReply()
    case 'redirect':
      return emptyReply(302, { location: fault.to })
    case 'rate-limit':
      return emptyReply(
        429,
        fault.retryAfterSec === undefined ? {} : { 'retry-after': String(fault.retryAfterSec) },
      )
    default:
      return null
  }
}

const TEXT_UNITS = new Set(['quota', 'quota_per_unit', 'remain_quota'])

/** `12345` → `"12,345 units"` or `12345.678`: what no client may take for quota units. */
function garble(name: string, value: unknown): unknown {
  if (typeof value !== 'number' || !name.includes('quota')) return value
  return TEXT_UNITS.has(name) ? `${value.toLocaleString('en-US')} units` : value + 0.678
}

function garbleText(json: string): string {
  return JSON.stringify(JSON.parse(json, garble))
}

function pad(json: string, bytes: number): string {
  const frame = json.replace(/\}$/, `${json === '{}' ? '' : ','}"padding":""}`)
  const missing = bytes - Buffer.byteLength(frame)
  return missing <= 0 ? json : frame.replace(/""\}$/, `"${'x'.repeat(missing)}"}`)
}

/** Spoils the JSON text of an answer that the server did make. */
export function spoilJson(json: string, fault: Fault): Buffer {
  switch (fault.kind) {
    case 'wrong-units':
      return Buffer.from(garbleText(json))
    case 'oversize':
      return Buffer.from(pad(json, fault.bytes))
    case 'truncate': {
      const body = Buffer.from(json)
      return body.subarray(0, fault.bytes ?? Math.floor(body.length / 2))
    }
    default:
      return Buffer.from(json)
  }
}
