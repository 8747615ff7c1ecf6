import type { Reply } from '../kit/reply'
import type { RelayCore } from './context'
import { success } from './envelope'

const DEFAULT_SIZE = 20

export interface PageQuery {
  page: number
  size: number
}

/** A positive integer; `null` for everything else. */
function positive(text: string | null): number | null {
  const value = text !== null && /^\d+$/.test(text) ? Number(text) : 0
  return value > 0 ? value : null
}

/**
 * Page and size asked for. What is out of range silently becomes 1 and 20, also a size above the
 * cap of 1000 or, on old servers, 100 (`contracts/sub2api.md` 2).
 */
export function pageQuery({ isNew }: RelayCore, params: URLSearchParams): PageQuery {
  const wanted = positive(params.get('page_size') || params.get('limit'))
  const cap = isNew ? 1000 : 100
  const size = wanted === null || wanted > cap ? DEFAULT_SIZE : wanted
  return { page: positive(params.get('page')) ?? 1, size }
}

/** The rows of one page. */
export function pageOf<Row>(rows: readonly Row[], { page, size }: PageQuery): Row[] {
  return rows.slice((page - 1) * size, page * size)
}

/** The paged list shape; `pages` is at least 1 (2). */
export function paged(items: readonly unknown[], total: number, { page, size }: PageQuery): Reply {
  const pages = Math.max(1, Math.ceil(total / size))
  return success({ items, total, page, page_size: size, pages })
}
