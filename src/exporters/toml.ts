/** A basic string of TOML. */
export function tomlString(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 || code >= 0x7f
      ? String.raw`\u${code.toString(16).padStart(4, '0')}`
      : `\\${character}`
  })
  return `"${escaped}"`
}
