import { request as send } from 'node:http'

import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'

import type { Family } from './families'

/** What becomes of the JSON of an answer. */
export type Rewrite = (
  call: { method: string; path: string; url: string },
  body: unknown,
) => unknown

/** A site that does what it is asked, and tells something else; and the arguments that lead to it. */
export async function startLiar(family: Family, rewrite: Rewrite) {
  const inner = await startSite(family.make())
  onTestFinished(inner.close)
  const outer = await startSite(liarInFrontOf(Number(new URL(inner.origin).port), rewrite))
  onTestFinished(outer.close)
  return { args: ['--type', family.type, '--url', outer.origin, '--json'], relay: inner.relay }
}

function liarInFrontOf(port: number, rewrite: Rewrite): RequestHandler {
  return {
    handle: (req, res) => {
      const { method = 'GET', url = '/', headers } = req
      const forward = send({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString()
          const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false
          const call = { method, url, path: url.split('?')[0] ?? '' }
          const told = isJson ? JSON.stringify(rewrite(call, JSON.parse(text))) : text
          const { 'content-length': _, ...kept } = answer.headers
          res.writeHead(answer.statusCode ?? 500, kept).end(told)
        })
      })
      req.pipe(forward)
    },
  }
}

type Fields = Record<string, unknown>

/** The JSON with every key of the command changed. */
export function withKeys(body: unknown, change: (key: Fields) => Fields): unknown {
  if (Array.isArray(body)) return body.map((part) => withKeys(part, change))
  if (typeof body !== 'object' || body === null) return body
  const parts = Object.entries(body).map(([name, part]) => [name, withKeys(part, change)])
  const fields = Object.fromEntries(parts) as Fields
  const isOwn = typeof fields['name'] === 'string' && fields['name'].startsWith('relaydeck-check-')
  return isOwn ? change(fields) : fields
}
