import type { ServerResponse } from 'node:http'

import { spoilJson } from './fault-replies'
import type { Fault } from './faults'
import type { Reply } from './reply'

function bodyOf(reply: Reply, fault: Fault | null): { bytes: Buffer; contentType: string | null } {
  if (reply.body.kind === 'empty') return { bytes: Buffer.alloc(0), contentType: null }
  if (reply.body.kind === 'text') {
    return { bytes: Buffer.from(reply.body.text), contentType: reply.body.contentType }
  }
  const json = JSON.stringify(reply.body.value)
  const bytes = fault === null ? Buffer.from(json) : spoilJson(json, fault)
  return { bytes, contentType: 'application/json; charset=utf-8' }
}

/** Writes a reply, spoilt by `fault`; the reply's own headers win over `headers`. */
export function sendReply(
  res: ServerResponse,
  reply: Reply,
  { headers = {}, fault = null }: { headers?: Record<string, string>; fault?: Fault | null } = {},
): void {
  const { bytes, contentType } = bodyOf(reply, fault)
  res.writeHead(reply.status, {
    ...headers,
    ...(contentType === null ? {} : { 'content-type': contentType }),
    'content-length': String(bytes.length),
    ...reply.headers,
    ...(reply.cookies.length > 0 ? { 'set-cookie': reply.cookies } : {}),
  })
  res.end(bytes)
}
