/** Items in whose text every word of `query` occurs, whatever its case or width. */
export function matching<Item>(
  items: readonly Item[],
  query: string,
  textOf: (item: Item) => string,
): readonly Item[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return items
  return items.filter((item) => {
    const text = fold(textOf(item))
    return words.every((word) => text.includes(word))
  })
}

/** Text as searches compare it: letter case and width do not count. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** How a site is called where only its address is known: the host, and `http://` where that is. */
export function siteLabel(origin: string): string {
  return origin.replace(/^https:\/\//, '')
}
