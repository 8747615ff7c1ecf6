import * as z from 'zod/mini'

import { readShape } from '@/src/net/envelope'

/**
 * One answer of a list, whatever its shape (`contracts/new-api.md 6.1, 8.1`).
 *
 * - `array`: bare rows, pages count from 0.
 * - `items`: `{page,page_size,total,items}`, pages count from 1 unless the server echoes 0.
 * - `data`: One Hub's `{data,page,size,total_count}`, asked with `page`, from 1.
 */
export interface ListPage<Row> {
  readonly shape: 'array' | 'items' | 'data'
  readonly rows: readonly Row[]
  /** The page number the server says it answered with. */
  readonly page: number | null
  /** Rows per page as the server says. */
  readonly pageSize: number | null
  readonly total: number | null
}

const itemsSchema = z.object({
  items: z.nullable(z.array(z.unknown())),
  page: z.optional(z.int()),
  page_size: z.optional(z.int()),
  total: z.optional(z.int()),
})

const dataSchema = z.object({
  data: z.nullable(z.array(z.unknown())),
  page: z.optional(z.int()),
  size: z.optional(z.int()),
  total_count: z.optional(z.int()),
})

/** Parses `data` of a list answer. @throws `changed-api/unexpected-shape` naming the path. */
export function readPage<S extends z.ZodMiniType>(
  data: unknown,
  row: S,
  path: string,
): ListPage<z.output<S>> {
  if (Array.isArray(data)) {
    const rows = readShape(data, z.array(row), { path })
    return { shape: 'array', rows, page: null, pageSize: null, total: null }
  }
  if (typeof data === 'object' && data !== null && 'data' in data && !('items' in data)) {
    const answer = readShape(data, dataSchema, { path })
    return {
      shape: 'data',
      // `null` is an empty page here, also one behind the last (`contracts/donehub.md 4`).
      rows: readShape(answer.data ?? [], z.array(row), { path, at: 'data.data' }),
      page: answer.page ?? null,
      pageSize: answer.size ?? null,
      total: answer.total_count ?? null,
    }
  }
  const answer = readShape(data, itemsSchema, { path })
  return {
    shape: 'items',
    rows: readShape(emptyIfNone(answer.items, answer.total), z.array(row), {
      path,
      at: 'data.items',
    }),
    page: answer.page ?? null,
    pageSize: answer.page_size ?? null,
    total: answer.total ?? null,
  }
}

/** A Go server may write `null` for an empty list; without a total of 0 it means nothing. */
function emptyIfNone(rows: unknown[] | null, total: number | undefined): unknown[] | null {
  return rows === null && total === 0 ? [] : rows
}
