import * as z from 'zod/mini'

import { chatPagesOf } from '../new-api/chat-links'

const linkSchema = z.object({
  name: z.string(),
  url: z.string(),
  /** `false` = the operator took it off the menu. */
  show: z.catch(z.optional(z.boolean()), undefined),
  sort: z.catch(z.optional(z.number()), undefined),
})

/** `chat_links`, a JSON text, in the operator's order, and `chat_link` (`contracts/exports.md 7.1`). */
export function chatLinksOf(status: Readonly<Record<string, unknown>>): unknown[] {
  const listed = listIn(status['chat_links'])
    .flatMap((link) => linkSchema.safeParse(link).data ?? [])
    .filter(({ show }) => show !== false)
    .sort((a, b) => (a.sort ?? 0) - (b.sort ?? 0))
  return [
    ...listed.map(({ name, url }) => ({ name, template: url })),
    ...chatPagesOf(status['chat_link']),
  ]
}

function listIn(text: unknown): unknown[] {
  try {
    const list = JSON.parse(typeof text === 'string' ? text : '[]') as unknown
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}
