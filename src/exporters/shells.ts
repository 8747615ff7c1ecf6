/** How environment variables are set (`contracts/exports.md 7.2`). */
export const SHELLS = ['posix', 'powershell', 'cmd', 'dotenv'] as const

type Shell = (typeof SHELLS)[number]

export type Variables = Readonly<Record<string, string>>

const LINES: Record<Shell, (name: string, value: string) => string> = {
  posix: (name, value) => `export ${name}=${posixQuoted(value)}`,
  // PowerShell takes the four typographic marks for `'` as well.
  powershell: (name, value) => `$env:${name} = '${value.replace(/['‘’‚‛]/g, '$&$&')}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
  dotenv: (name, value) => `${name}=${dotenvQuoted(value)}`,
}

/** Whether there is a way to write the value that every reader of that form understands alike. */
export function canWrite(shell: Shell, variables: Variables): boolean {
  return Object.values(variables).every((value) => {
    if (shell === 'cmd') return !/["%]/.test(value)
    return shell !== 'dotenv' || !value.includes("'") || !/["\\$`]/.test(value)
  })
}

/** One line for each variable that has a value, control characters taken out. */
export function environmentBlock(shell: Shell, variables: Variables): string {
  return Object.entries(variables)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => LINES[shell](name, withoutControls(value)))
    .join('\n')
}

export function shellOf(text: string): Shell {
  return SHELLS.find((shell) => shell === text) ?? 'posix'
}

export function languageOf(shell: Shell): string {
  return { posix: 'sh', powershell: 'powershell', cmd: 'bat', dotenv: 'dotenv' }[shell]
}

/** A word of a POSIX shell that means exactly the text. */
export function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, '')
}

function dotenvQuoted(value: string): string {
  if (/^[\w./:@%+,=~-]*$/.test(value)) return value
  return value.includes("'") ? `"${value}"` : `'${value}'`
}
