import { raise } from '@/src/domain/failure'

/**
 * Reads a body as UTF-8 text, at most `maxBytes` of it.
 *
 * @throws `network/too-large` without reading the rest; whatever the stream throws when the
 *   connection is lost.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  path: string,
): Promise<string> {
  const declared = Number(response.headers.get('content-length') ?? '0')
  if (!response.body) return ''
  const reader = response.body.getReader()
  if (declared > maxBytes) await refuse(reader, path)
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBytes) await refuse(reader, path)
    text += decoder.decode(value, { stream: true })
  }
}

async function refuse(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  path: string,
): Promise<never> {
  await reader.cancel().catch(() => undefined)
  return raise({ class: 'network', reason: 'too-large', path })
}
