/** Whether the text is one IPv4 or IPv6 address, in its usual writing and without a zone. */
export function isAddress(text: string): boolean {
  return isV4(text) || isV6(text)
}

/** Whether the text is a range in CIDR writing, e.g. `10.0.0.0/8` or `2001:db8::/32`. */
export function isRange(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/')
  if (rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(bits)) return false
  return (isV4(address) && Number(bits) <= 32) || (isV6(address) && Number(bits) <= 128)
}

/** No leading zeros: some readers take them for octal numbers. */
function isV4(text: string): boolean {
  const parts = text.split('.')
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && +part < 256)
  )
}

function isV6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const counts = halves.map((half, at) => groupsIn(half, at === halves.length - 1))
  const count = counts.reduce((sum, one) => sum + one, 0)
  // `::` stands for one group at least.
  return halves.length === 2 ? count <= 7 : count === 8
}

/** How many groups of 16 bits a part of an IPv6 address has; `NaN` when it is not one. */
function groupsIn(part: string, isLast: boolean): number {
  if (part === '') return 0
  const groups = part.split(':')
  const last = groups.at(-1) ?? ''
  const endsAsV4 = isLast && last.includes('.')
  if (endsAsV4 && !isV4(last)) return Number.NaN
  const hex = endsAsV4 ? groups.slice(0, -1) : groups
  if (!hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return Number.NaN
  return hex.length + (endsAsV4 ? 2 : 0)
}
