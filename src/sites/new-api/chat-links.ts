import * as z from 'zod/mini'

import { type Result, settle } from '@/src/domain/failure'

import type { ChatLink, SiteContext } from '../adapter'
import { fetchData } from './request'

/** More than a menu can show; the site chooses. */
const MOST_LINKS = 100

const linkSchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  template: z.string().check(z.minLength(1), z.maxLength(4096)),
})

/** Where a status has links, in whatever form. */
type Status = Readonly<Record<string, unknown>>

/**
 * Chat links of `GET /api/status` (`contracts/exports.md 7.1`), read by `linksIn`; what has not the
 * form of a link is left out. They are the site's words: whoever opens one judges it.
 */
export function fetchChatLinksBy(linksIn: (status: Status) => readonly unknown[]) {
  return (ctx: SiteContext): Promise<Result<readonly ChatLink[]>> =>
    settle(async () => {
      const fields = z.record(z.string(), z.unknown())
      const status = await fetchData(ctx, null, { path: '/api/status' }, fields)
      return linksIn(status)
        .flatMap((link) => linkSchema.safeParse(link).data ?? [])
        .slice(0, MOST_LINKS)
    })
}

/** `chats` of New API and Veloera: a list of objects with one key each, name to template. */
export function chatsOf(status: Status): unknown[] {
  const chats = z.array(z.unknown()).safeParse(status['chats'])
  return (chats.data ?? []).flatMap((chat) =>
    typeof chat === 'object' && chat !== null
      ? Object.entries(chat).map(([name, template]) => ({ name, template: template as unknown }))
      : [],
  )
}

/** What the front ends of One API and One Hub add to the page of a chat client. */
const NEXT_CHAT = '/#/?settings={"key":"{key}","url":"{address}"}'

/**
 * Links of pages like NextChat's, of which a status names only the address: named by their host, with
 * the settings in the place where such pages look for them.
 */
export function chatPagesOf(...addresses: readonly unknown[]): unknown[] {
  return addresses.flatMap((address) => {
    if (typeof address !== 'string' || !URL.canParse(address)) return []
    const isTemplate = address.includes('{key}')
    const template = isTemplate ? address : `${address.replace(/\/+$/, '')}${NEXT_CHAT}`
    return [{ name: new URL(address).host, template }]
  })
}
