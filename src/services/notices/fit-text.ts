const CUT = '…'

/** At most `most` UTF-16 units; what is cut ends with `…` and never inside a character. */
export function fitUnits(text: string, most: number): string {
  return fit(text, most, (part) => part.length)
}

/** The same for a limit in bytes of UTF-8. */
export function fitBytes(text: string, most: number): string {
  return fit(text, most, bytesOf)
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

function fit(text: string, most: number, sizeOf: (part: string) => number): string {
  if (sizeOf(text) <= most) return text
  let kept = ''
  let size = sizeOf(CUT)
  for (const character of text) {
    size += sizeOf(character)
    if (size > most) break
    kept += character
  }
  return kept + CUT
}
