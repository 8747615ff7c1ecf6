const MOST_PAGES = 100

/**
 * Reads pages by offset into `found` until one adds nothing new: the service tells neither the size
 * of a page nor a total (`contracts/other-sites.md 4`). `false` = cut at the page limit.
 */
export async function collect<Row>(
  found: Map<string, Row>,
  idOf: (row: Row) => string,
  fetchPage: (offset: number) => Promise<readonly Row[]>,
): Promise<boolean> {
  let offset = 0
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const rows = await fetchPage(offset)
    const before = found.size
    for (const row of rows) found.set(idOf(row), row)
    if (found.size === before) return true
    offset += rows.length
  }
  return false
}
