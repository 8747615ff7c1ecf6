import type { SiteResponse } from '@/src/net/transport'

import { asDocument, type Document } from './protocol'

/** An answer taken apart, whatever the request had asked for: some relays always stream, some never. */
interface Answer {
  readonly streamed: boolean
  /** The JSON objects in it, in their order; none = not an answer of an API. */
  readonly documents: readonly Document[]
}

/** Reads one JSON document, a JSON list of them, or a stream of events. */
export function readAnswer({
  contentType,
  text,
}: Pick<SiteResponse, 'contentType' | 'text'>): Answer {
  const isStream =
    contentType === 'text/event-stream' || (!isJson(contentType) && looksStreamed(text))
  const whole = documentsOf(text)
  // A relay may give an error the media type of a stream.
  if (!isStream || whole.length > 0) return { streamed: false, documents: whole }
  return { streamed: true, documents: dataOf(text).flatMap(documentsOf) }
}

const isJson = (contentType: string) => /^application\/(?:[\w.+-]+\+)?json$/.test(contentType)

const looksStreamed = (text: string) => /^\s*(?:data|event|id|retry)?:/.test(text)

function documentsOf(text: string): Document[] {
  try {
    const value = JSON.parse(text) as unknown
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    return list.map(asDocument).filter((one) => one !== undefined)
  } catch {
    return []
  }
}

/** The data of every event; what follows the last one may be cut off. */
function dataOf(text: string): string[] {
  return text.split(/\r\n\r\n|\n\n|\r\r/).map((event) =>
    event
      .split(/\r\n|\n|\r/)
      .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
      .join('\n'),
  )
}

/** The error an answer holds, whatever its status says (`contracts/new-api.md 6.8, 7.2`). */
export function errorIn(documents: readonly Document[]): Document | undefined {
  return documents.find(
    (document) =>
      (typeof document['error'] === 'object' && document['error'] !== null) ||
      (typeof document['error'] === 'string' && document['error'] !== '') ||
      document['type'] === 'error' ||
      document['success'] === false ||
      asDocument(document['response'])?.['status'] === 'failed',
  )
}
