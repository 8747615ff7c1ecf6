import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import { parseJson } from '../kit/incoming'

/** One request of a model, as a gateway reads it. */
export interface ModelCall {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  readonly bodyText: string
  /** Parsed JSON; `undefined` = none, or not JSON. */
  readonly body: unknown
}

export function modelCallOf(req: IncomingMessage, url: URL, bodyText: string): ModelCall {
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: req.headers,
    bodyText,
    body: parseJson(bodyText),
  }
}

export type Body = Readonly<Record<string, unknown>>

/** What a request asks of the model, in no protocol's form. */
export interface Asked {
  readonly model: string
  readonly stream: boolean
  /** The last words of the user. */
  readonly prompt: string
  readonly tools: readonly string[]
  readonly mustCall: boolean
  readonly wantsJson: boolean
}

/** What the model says to it. */
export interface Utterance {
  readonly text: string
  readonly call: { readonly name: string; readonly input: unknown } | null
}

/** A request that is not as the protocol wants it; the message names the part. */
export class Malformed extends Error {}

/** One protocol, as its servers check and answer it (`contracts/exports.md` 8.4). */
export interface ProtocolForm {
  /**
   * Reads a request strictly.
   *
   * @throws {@link Malformed}
   */
  ask(call: ModelCall, modelInPath: string): Asked
  plain(asked: Asked, said: Utterance): unknown
  /** Events of a stream: name (`''` = none) and data. */
  events(asked: Asked, said: Utterance): readonly { name: string; data: unknown }[]
  /** What ends a stream of this protocol besides its events. */
  readonly end: string
  error(status: number, message: string, code: string): unknown
}
