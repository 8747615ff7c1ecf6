/** Makes a value when it is first asked for, and only once: most schemas are no work of a start. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
