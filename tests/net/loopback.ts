import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Loopback {
  readonly origin: string
  /** Everything that arrived, oldest first. */
  readonly seen: readonly Seen[]
}

export type Handler = (request: Seen, response: ServerResponse) => void

/** A real server on 127.0.0.1 for the running test; ends with it, hanging connections included. */
export async function startLoopback(handler: Handler): Promise<Loopback> {
  const seen: Seen[] = []
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://loopback.invalid')
      const request: Seen = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        body: Buffer.concat(parts).toString(),
      }
      seen.push(request)
      handler(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  })
  return { origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, seen }
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

export function sendHtml(response: ServerResponse, page: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(page)
}

/** An envelope of a success (`contracts/new-api.md 1.1`). */
export const success = (data: unknown) => ({ success: true, message: '', data })
