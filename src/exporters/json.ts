/** JSON as people read it in files. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
