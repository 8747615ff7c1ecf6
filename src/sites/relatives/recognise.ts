import { failed, ok, raise, type Result, settle } from '@/src/domain/failure'
import type { Evidence } from '@/src/domain/recognition'
import { classifyAnswer, codeOf } from '@/src/net/classify'

import type { Detection, SiteContext } from '../adapter'
import { detectFamily, probe } from '../new-api/detect'
import { factsOf } from '../new-api/request'
import { NEW_API_HEADER, type Relative, RELATIVES, type RelativeType } from './table'
import { readTitle } from './title'

const SELF = '/api/user/self'

type Row = readonly [RelativeType, Relative]

const ROWS = Object.entries(RELATIVES) as Row[]

/** Too common a name to mean one software (`contracts/other-sites.md 7.1`). */
const GENERIC_HEADER = 'User-id'

/** Headers a refusal may name. */
const HEADERS = new Set([NEW_API_HEADER, 'Veloera-User', ...ROWS.map(([, row]) => row.userHeader)])

/** The header a site misses when it is asked who is logged in; `unnamed` = it does not say. */
type Wanted = { readonly header: string } | 'no-header' | 'unnamed'

/**
 * Recognises a relative of New API (`contracts/other-sites.md 7, 9`). Its host is enough by itself.
 * Elsewhere `GET /api/status` must first prove the family, then what weighs more decides:
 *
 * 1. The header a refusal names, also against signs of New API in the status: a fork inherits those,
 *    while the header is what it changed on purpose.
 * 2. The title, as a hint only: among the relatives that kept New API's header when that is named,
 *    among all when the header's name says nothing, or none is named and the status has no sign of
 *    New API or One API itself.
 *
 * So a title never beats a header, and a server that needs no header (One API, G2 and later) is
 * never a relative.
 */
export async function recogniseRelative(ctx: SiteContext): Promise<Result<Detection | null>> {
  const family = await detectFamily(ctx)
  const hostname = new URL(ctx.origin).hostname
  const byHost = ROWS.find(([, { hosts }]) => hosts?.includes(hostname))
  if (byHost) return atHost(byHost, hostname, family)
  return settle(async () => {
    if (!family.ok) return raise(family.failure)
    if (!family.value) return null
    const found = await decide(ctx, await askHeader(ctx), hasOwnSign(family.value))
    if (!found) return null
    const { siteType, evidence } = found
    return { ...family.value, siteType, evidence: [...evidence, { sign: 'status-shape' }] }
  })
}

/** The API must answer like the family, unless a protection page stands before it. */
function atHost(
  [siteType]: Row,
  hostname: string,
  family: Result<Detection | null>,
): Result<Detection | null> {
  const host: Evidence = { sign: 'host', detail: hostname }
  if (family.ok) {
    if (!family.value) return family
    return ok({ ...family.value, siteType, evidence: [host, { sign: 'status-shape' }] })
  }
  if (family.failure.class !== 'challenge') return failed(family.failure)
  return ok({ siteType, evidence: [host], status: {} })
}

async function decide(
  ctx: SiteContext,
  wanted: Wanted,
  isKnown: boolean,
): Promise<Omit<Detection, 'status'> | null> {
  if (wanted === 'no-header' || (wanted === 'unnamed' && isKnown)) return null
  if (wanted === 'unnamed' || wanted.header === GENERIC_HEADER) return byTitle(ctx, ROWS, [])
  const rows = ROWS.filter(([, row]) => row.userHeader === wanted.header)
  const evidence: Evidence[] = [{ sign: 'named-header', detail: wanted.header }]
  if (wanted.header === NEW_API_HEADER) return byTitle(ctx, rows, evidence)
  const [only] = rows
  return only ? { siteType: only[0], evidence } : null
}

async function byTitle(
  ctx: SiteContext,
  rows: readonly Row[],
  evidence: readonly Evidence[],
): Promise<Omit<Detection, 'status'> | null> {
  const title = await readTitle(ctx)
  const row = rows.find(([, relative]) => relative.title?.test(title))
  return row ? { siteType: row[0], evidence: [...evidence, { sign: 'title' }] } : null
}

/**
 * Asks `GET /api/user/self` with cookies and without a user-id header: whoever is logged in gets a
 * refusal that names it (`contracts/new-api.md 1.3`).
 */
async function askHeader(ctx: SiteContext): Promise<Wanted> {
  const response = await probe(ctx, { kind: 'cookie', userId: '' }, SELF)
  if (!response) return 'unnamed'
  const envelope = classifyAnswer(response, factsOf(null, SELF))
  if (envelope.ok || codeOf(response)?.startsWith('AUTH_')) return 'no-header'
  const { failure } = envelope
  if (failure.class === 'challenge' || failure.class === 'server') return raise(failure)
  const words = failure.httpStatus === 401 ? (failure.detail ?? '') : ''
  const header = [...HEADERS].find((name) => names(words, name))
  return header === undefined ? 'unnamed' : { header }
}

/** Whether a text holds a header's name as a whole; `-`, `_` and a blank are the same (7.1). */
function names(words: string, header: string): boolean {
  const name = header.replaceAll('-', '[-_\\s]')
  return new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i').test(words)
}

/** Whether the status showed New API or One API itself and not only the family. */
function hasOwnSign({ evidence }: Detection): boolean {
  return evidence.some(({ sign }) => sign !== 'status-shape')
}
