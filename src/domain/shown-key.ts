/** A key as it may be shown without being asked for (`features/accounts-and-keys.md 6.3`). */
export function shownKey(key: string): string {
  return key.length <= 12 ? '******' : `${key.slice(0, 8)}${'*'.repeat(16)}${key.slice(-4)}`
}
