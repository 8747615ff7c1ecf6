import type { IncomingMessage, ServerResponse } from 'node:http'

import { parseJson, readBody } from '../relays/kit/incoming'
import type { Reply } from '../relays/kit/reply'
import { sendReply } from '../relays/kit/send-reply'
import type { RequestHandler } from '../relays/kit/site-double'

/** One request as a gateway saw it. It holds what was sent, so only tests with dummy keys may print it. */
export interface GatewayRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
  readonly bodyText: string
  /** Status answered; 0 while unanswered. */
  status: number
}

/** What every double of a gateway offers a test. */
export interface GatewayDouble extends RequestHandler {
  /** Everything that arrived, oldest first. */
  readonly requests: readonly GatewayRequest[]
  /**
   * Runs `act` once, right before the request with that number (from 0) is looked at: what another
   * client does at that moment.
   */
  before(number: number, act: () => void): void
  /** The request with that number is carried out, but its answer never arrives. */
  loseAnswer(number: number): void
}

export interface GatewayServer extends GatewayDouble {
  readonly requests: GatewayRequest[]
}

/** `null` = the server is not there: the connection is dropped. */
export function createGatewayServer(
  answer: (request: GatewayRequest) => Reply | null,
  headers: () => Record<string, string>,
): GatewayServer {
  const requests: GatewayRequest[] = []
  const acts = new Map<number, () => void>()
  const lost = new Set<number>()

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const bodyText = await readBody(incoming)
    const number = requests.length
    const request: GatewayRequest = {
      method: incoming.method ?? '',
      path: new URL(incoming.url ?? '/', 'http://gateway.invalid').pathname,
      headers: incoming.headers,
      body: parseJson(bodyText),
      bodyText,
      status: 0,
    }
    requests.push(request)
    acts.get(number)?.()
    acts.delete(number)
    const reply = answer(request)
    if (reply === null || lost.has(number)) {
      incoming.socket.destroy()
      return
    }
    request.status = reply.status
    sendReply(response, reply, { headers: headers() })
  }

  return {
    requests,
    before: (number, act) => {
      acts.set(number, act)
    },
    loseAnswer: (number) => {
      lost.add(number)
    },
    handle: (incoming, response) => {
      serve(incoming, response).catch((error: unknown) => {
        if (response.headersSent || response.destroyed) return
        response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
      })
    },
  }
}

export function textReply(text: string, status = 200): Reply {
  const body = { kind: 'text' as const, text, contentType: 'text/plain; charset=utf-8' }
  return { status, headers: {}, cookies: [], body }
}
