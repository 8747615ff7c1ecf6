import { escapeHtml } from './console-frame'
import { htmlReply, type Reply } from './reply'

/** A page with a title and nothing to do on it. */
export function plainPage(title: string, status = 200): Reply {
  const text = escapeHtml(title)
  return htmlReply(
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${text}</title>
<link rel="icon" href="data:,"></head><body><main><h1>${text}</h1></main></body></html>`,
    status,
  )
}
