import { isSince, type Generation } from './generation'

const DEFAULT_SIZE = 10
const MAX_SIZE = 100

function integer(text: string | null): number | null {
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : null
}

/** Page number and size of a request of the form `{page,page_size,total,items}` (6.1). */
export function pageQuery(params: URLSearchParams): { page: number; size: number } {
  const page = Math.max(1, integer(params.get('p')) ?? 1)
  const wanted =
    integer(params.get('page_size')) ?? integer(params.get('ps')) ?? integer(params.get('size'))
  const size = wanted === null || wanted <= 0 ? DEFAULT_SIZE : Math.min(wanted, MAX_SIZE)
  return { page, size }
}

/** One-based page with its totals; `total` may be capped by the caller. */
export function pageOf<T>(
  rows: readonly T[],
  { page, size }: { page: number; size: number },
  total = rows.length,
) {
  const start = (page - 1) * size
  return { page, page_size: size, total, items: rows.slice(start, start + size) }
}

/** Zero-based bare array: `p` and `size` on G0, always ten rows on One API (6.1, 14). */
export function bareSlice<T>(
  rows: readonly T[],
  params: URLSearchParams,
  generation: Generation,
): T[] {
  const page = Math.max(0, integer(params.get('p')) ?? 0)
  const wanted = integer(params.get('size'))
  const isFixed = !isSince(generation, 'g0') || wanted === null || wanted <= 0
  const size = isFixed ? DEFAULT_SIZE : Math.min(wanted, MAX_SIZE)
  return rows.slice(page * size, (page + 1) * size)
}
