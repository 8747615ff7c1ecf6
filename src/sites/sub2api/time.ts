/**
 * Epoch ms of an RFC 3339 text; `null` = absent, unreadable, or the zero time of the server's
 * language, which stands for "never".
 */
export function epochMs(text: string | null | undefined): number | null {
  const atMs = Date.parse(text ?? '')
  return atMs > 0 ? atMs : null
}
