/** Tiny readers of the four ways to set variables; each throws at what its shell would take apart. */

type Variables = Record<string, string>

/** Words of one POSIX command line: quotes, and `$NAME` where the shell would replace it. */
export function posixWords(line: string, variables: Variables = {}): string[] {
  const words: string[] = []
  let word: string | undefined
  let rest = line
  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(rest)
    if (!match) return undefined
    rest = rest.slice(match[0].length)
    return match[1] ?? match[0]
  }
  while (rest !== '') {
    if (take(/^ +/) !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    const piece =
      take(/^'([^']*)'/) ??
      take(/^\\(.)/s) ??
      quoted(take(/^"([^"\\`]*)"/), variables) ??
      take(/^[\w\-./:=@%+,]+/)
    if (piece === undefined) throw new Error(`a shell would not take this as text: ${rest}`)
    word = (word ?? '') + piece
  }
  return word === undefined ? words : [...words, word]
}

function quoted(text: string | undefined, variables: Variables): string | undefined {
  return text?.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? '')
}

function posix(line: string): [string, string] {
  const [command, assignment = '', ...more] = posixWords(line)
  if (command !== 'export' || more.length > 0) throw new Error('not one export')
  return split(assignment)
}

/** Five characters end a single-quoted string of PowerShell unless they are doubled. */
function powershell(line: string): [string, string] {
  const [, name = '', body] = /^\$env:(\w+) = '(.*)'$/s.exec(line) ?? []
  if (body === undefined) throw new Error('not an assignment')
  const marks = "'‘’‚‛"
  let value = ''
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at)
    value += character
    if (!marks.includes(character)) continue
    at += 1
    if (at >= body.length || !marks.includes(body.charAt(at))) throw new Error('string ended')
  }
  return [name, value]
}

function cmd(line: string): [string, string] {
  const [, assignment] = /^set "([^"%]*)"$/.exec(line) ?? []
  if (assignment === undefined) throw new Error('not a set')
  return split(assignment)
}

function dotenv(line: string): [string, string] {
  const [name, value] = split(line)
  const [, single] = /^'([^']*)'$/.exec(value) ?? []
  const [, double] = /^"([^"\\$`]*)"$/.exec(value) ?? []
  if (single === undefined && double === undefined && /[\s'"#$\\`]/.test(value)) {
    throw new Error('readers differ')
  }
  return [name, single ?? double ?? value]
}

function split(assignment: string): [string, string] {
  const at = assignment.indexOf('=')
  if (!/^[A-Z_][A-Z0-9_]*$/.test(assignment.slice(0, at))) throw new Error('not a name')
  return [assignment.slice(0, at), assignment.slice(at + 1)]
}

const READERS: Record<string, (line: string) => [string, string]> = {
  posix,
  powershell,
  cmd,
  dotenv,
}

/** The variables a block sets in that shell. */
export function variablesOf(shell: string, block: string): Variables {
  const read = READERS[shell]
  if (!read) throw new Error(`no shell ${shell}`)
  return Object.fromEntries(block.split('\n').map((line) => read(line)))
}
