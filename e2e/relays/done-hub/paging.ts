import { fail, ok, type Reply } from '../kit/reply'
import { intParams } from './go-values'
import { orderForbidden, TEXT } from './messages'

const DEFAULT_SIZE = 10
const MAX_SIZE = 100

type Row = Record<string, unknown>

/** One part of `order`: a field and a sign (`contracts/donehub.md` 4). */
function orderParts(order: string): { field: string; sign: 1 | -1 }[] {
  if (order === '') return []
  return order.split(',').map((part) => {
    const text = part.trim()
    return text.startsWith('-') ? { field: text.slice(1), sign: -1 } : { field: text, sign: 1 }
  })
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * `{data,page,size,total_count}` of the rows, which come in the default order `-id`. A size above
 * 100 and an unknown sort field are errors.
 */
export function pageReply(
  params: URLSearchParams,
  rows: readonly Row[],
  sortable: readonly string[],
): Reply {
  const query = intParams(params, ['page', 'size'])
  if ('problem' in query) return fail(query.problem)
  const page = Math.max(1, query.values.page)
  const size = query.values.size < 1 ? DEFAULT_SIZE : query.values.size
  if (size > MAX_SIZE) return fail(TEXT.sizeTooLarge)
  const parts = orderParts(params.get('order') ?? '')
  const foreign = parts.find(({ field }) => !sortable.includes(field))
  if (foreign !== undefined) return fail(orderForbidden(foreign.field))
  const sorted = rows.toSorted((a, b) => {
    for (const { field, sign } of parts) {
      const order = compare(a[field], b[field])
      if (order !== 0) return order * sign
    }
    return 0
  })
  const start = (page - 1) * size
  return ok({ data: sorted.slice(start, start + size), page, size, total_count: rows.length })
}
