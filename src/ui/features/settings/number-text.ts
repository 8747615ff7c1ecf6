/** The number a text is, also with a decimal comma; `NaN` for anything else. */
export function numberIn(text: string): number {
  const plain = text.trim().replace(',', '.')
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

interface Limits {
  readonly min: number
  readonly max: number
}

/** Never true of `NaN`. */
export function isWithin(value: number, { min, max }: Limits): boolean {
  return value >= min && value <= max
}
