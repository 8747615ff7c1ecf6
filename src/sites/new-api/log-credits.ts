import * as z from 'zod/mini'

import { once } from '@/src/domain/once'
import { settle } from '@/src/domain/failure'

import type { Access, CheckInOperations, SiteContext } from '../adapter'
import { expectUser } from './identity'
import { type LogMoney, logMoneySchema, pointsIn } from './log-amount'
import type { LogPaging } from './log-pages'
import { readPage } from './pages'
import { fetchData } from './request'

const PATH = '/api/log/self'
const ROWS = 100
/** The site's clock may be ahead of ours. */
const AHEAD_SEC = 86_400

/** Log types of `contracts/new-api.md 8.1` and `contracts/veloera.md 9`. */
export const LOG_TYPE = { topUp: 1, system: 4, veloeraCheckIn: 5 } as const

/** A credit in the log: its amount, where the row tells one for certain, in quota points. */
export interface LogCredit {
  readonly amount?: number
}

interface CreditQuery {
  readonly type: number
  /** What the text of a row has to say. */
  readonly words: RegExp
  /** Epoch ms. */
  readonly sinceMs: number
  readonly paging: LogPaging
}

const rowSchema = once(() =>
  z.object({
    user_id: z.optional(z.int()),
    created_at: z.int(),
    type: z.int(),
    content: z.string(),
    quota: z.catch(z.optional(z.int()), undefined),
  }),
)

type Row = z.infer<ReturnType<typeof rowSchema>>

/** Credits in the newest page of the user's log, newest first. @throws the failure of asking. */
export async function readCredits(
  ctx: SiteContext,
  access: Access,
  query: CreditQuery,
): Promise<LogCredit[]> {
  const rows = await readRows(ctx, access, query)
  const readMoney = remembered(() => fetchMoney(ctx))
  return Promise.all(rows.map((row) => toCredit(row, readMoney)))
}

/** `findReward` of a family whose check-in leaves rows of these types, the likelier first. */
export function findRewardBy(
  types: readonly number[],
  paging: LogPaging = 1,
): NonNullable<CheckInOperations['findReward']> {
  return (ctx, access, sinceMs) =>
    settle(async () => {
      for (const type of types) {
        const words = /签到|check(?:ed)?[- ]?in\b/i
        const found = await readCredits(ctx, access, { type, words, sinceMs, paging })
        const [{ amount } = {}] = found
        // Of several rows nobody knows which one is meant.
        if (found.length > 1 || (found.length === 1 && amount === undefined)) return {}
        if (amount !== undefined) return { reward: amount }
      }
      return null
    })
}

async function readRows(ctx: SiteContext, access: Access, query: CreditQuery): Promise<Row[]> {
  const fetchAt = async (at: number) => {
    const data = await fetchData(
      ctx,
      access,
      { path: PATH, query: wireQuery(ctx, query, at) },
      z.unknown(),
    )
    return readPage(data, rowSchema(), PATH)
  }
  const first = query.paging === 0 ? 0 : 1
  let page = await fetchAt(first)
  // Bare arrays count from 0 (8.1): this was the second page.
  if (page.shape === 'array' && first === 1) page = await fetchAt(0)
  const sinceSec = Math.floor(query.sinceMs / 1000)
  for (const { user_id: owner } of page.rows) {
    if (owner !== undefined) expectUser(String(owner), access, PATH)
  }
  return page.rows.filter(
    ({ type, created_at: atSec, content }) =>
      type === query.type && atSec >= sinceSec && query.words.test(content),
  )
}

function wireQuery(
  ctx: SiteContext,
  { type, sinceMs, paging }: CreditQuery,
  at: number,
): Record<string, number> {
  const range = {
    start_timestamp: Math.floor(sinceMs / 1000),
    end_timestamp: Math.floor(ctx.now() / 1000) + AHEAD_SEC,
  }
  return paging === 'one-hub'
    ? { page: at, size: ROWS, log_type: type, ...range }
    : { p: at, page_size: ROWS, type, ...range }
}

/** A row's own figure where the server fills it, else the text's (`features` 4.4). */
async function toCredit(row: Row, readMoney: () => Promise<LogMoney | null>): Promise<LogCredit> {
  const hasFigure = row.quota !== undefined && row.quota !== 0
  const amount = hasFigure ? row.quota : await pointsIn(row.content, readMoney)
  return amount == null || amount <= 0 ? {} : { amount }
}

/** A site that does not tell leaves the amount unknown; the credit is there all the same. */
async function fetchMoney(ctx: SiteContext): Promise<LogMoney | null> {
  const money = await settle(() => fetchData(ctx, null, { path: '/api/status' }, logMoneySchema()))
  return money.ok ? money.value : null
}

function remembered<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
