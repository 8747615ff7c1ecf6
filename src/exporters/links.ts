import type { BuiltLink } from './exporter'

/** Windows hands longer links on cut, if at all (`contracts/exports.md 0.5`). */
const LONGEST_LINK = 2000

/**
 * A link as it is offered. `forms` are ways of saying the same, the fullest first: the first one
 * that is short enough is taken, else the last one with a warning.
 */
export function offeredLink(
  label: string,
  forms: readonly [string, ...string[]],
  warnings: BuiltLink['warnings'] = [],
): BuiltLink {
  const url = forms.find((form) => form.length <= LONGEST_LINK) ?? forms.at(-1) ?? forms[0]
  const { protocol, host } = new URL(url)
  const isPage = /^https?:$/.test(protocol)
  return {
    label,
    url,
    opens: isPage ? host : protocol,
    warnings: [
      ...warnings,
      ...(isPage ? (['in-history'] as const) : []),
      ...(url.length > LONGEST_LINK ? (['too-long'] as const) : []),
    ],
  }
}

/** Standard base64, padded, of the UTF-8 bytes. */
export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Parameters form-urlencoded (a space is `+`); those without a value are left out. */
export function query(parameters: Readonly<Record<string, string>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '')
  return new URLSearchParams(given).toString()
}
