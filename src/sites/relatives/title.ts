import { raise, settle } from '@/src/domain/failure'

import type { SiteContext } from '../adapter'

/** Only this much of a page is searched: the title stands in its head. */
const SEARCHED = 100_000

/**
 * The title of `/` as sent, before any script sets another one; `''` without one. Asked for without
 * cookies.
 */
export async function readTitle(ctx: SiteContext): Promise<string> {
  const page = await settle(() =>
    ctx.transport(
      {
        method: 'GET',
        path: '/',
        headers: { Accept: 'text/html' },
        cookies: 'omit',
        budget: 'general',
      },
      ctx.signal ? { signal: ctx.signal } : {},
    ),
  )
  // A front page that leads elsewhere has no title of its own.
  if (!page.ok) return page.failure.reason === 'redirected' ? '' : raise(page.failure)
  const { status, contentType, text } = page.value
  if (status !== 200 || contentType !== 'text/html') return ''
  return /<title[^>]*>([^<]*)/i.exec(text.slice(0, SEARCHED))?.[1]?.trim() ?? ''
}
