import type { IncomingMessage, ServerResponse } from 'node:http'

import type { ChannelKind } from '@/src/domain/notice'

import { parseJson, readBody } from '../relays/kit/incoming'
import { emptyReply, jsonReply, type Reply } from '../relays/kit/reply'
import { sendReply } from '../relays/kit/send-reply'
import type { RequestHandler } from '../relays/kit/site-double'

/** One request as it arrived. It holds secrets of a channel: only tests with dummies may print it. */
export interface Received {
  readonly method: string
  /** Path and query as they were sent. */
  readonly target: string
  readonly headers: IncomingMessage['headers']
  readonly bodyText: string
  readonly body: unknown
}

/** `hang`: no answer ever comes. `drop`: the connection is lost instead. */
export type Reaction = Reply | 'hang' | 'drop'

/** Stands in for the service at the other end of a channel. */
export interface Receiver extends RequestHandler {
  /** Everything that arrived, oldest first. */
  readonly requests: readonly Received[]
  /** What it answers from now on. */
  react: (request: Received) => Reaction
}

/** What each service answers when it took a notice, and when it did not (`features/insight 8.2`). */
export const SERVICE_ANSWERS: Record<ChannelKind, { taken: Reply; refused: Reply; words: string }> =
  {
    webhook: {
      taken: emptyReply(204),
      refused: jsonReply({ message: 'no such hook' }, 404),
      words: 'no such hook',
    },
    telegram: {
      taken: jsonReply({ ok: true, result: { message_id: 1 } }),
      refused: jsonReply(
        { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
        400,
      ),
      words: 'Bad Request: chat not found',
    },
    feishu: {
      taken: jsonReply({ code: 0, data: {}, msg: 'success' }),
      refused: jsonReply({ code: 19001, data: {}, msg: 'param invalid: incoming webhook access' }),
      words: 'param invalid: incoming webhook access',
    },
    dingtalk: {
      taken: jsonReply({ errcode: 0, errmsg: 'ok' }),
      refused: jsonReply({ errcode: 310_000, errmsg: 'sign not match' }),
      words: 'sign not match',
    },
    wecom: {
      taken: jsonReply({ errcode: '0', errmsg: 'ok' }),
      refused: jsonReply({ errcode: 93_000, errmsg: 'invalid webhook url' }),
      words: 'invalid webhook url',
    },
    ntfy: {
      taken: jsonReply({ id: 'x', event: 'message' }),
      refused: jsonReply({ code: 40_301, http: 403, error: 'forbidden' }, 403),
      words: 'forbidden',
    },
  }

/** @param kind the service it is at the beginning; takes everything */
export function createReceiver(kind: ChannelKind): Receiver {
  const requests: Received[] = []
  const receiver: Receiver = {
    requests,
    react: () => SERVICE_ANSWERS[kind].taken,
    handle: (incoming, response) => {
      serve(incoming, response).catch((error: unknown) => {
        // A client that went away needs no answer.
        if (response.headersSent || response.destroyed) return
        response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
      })
    },
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const bodyText = await readBody(incoming)
    const request: Received = {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      headers: incoming.headers,
      bodyText,
      body: parseJson(bodyText),
    }
    requests.push(request)
    const reaction = receiver.react(request)
    if (reaction === 'hang') return
    if (reaction === 'drop') incoming.socket.destroy()
    else sendReply(response, reaction)
  }

  return receiver
}
