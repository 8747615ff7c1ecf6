type TomlValue = string | boolean | TomlTable
interface TomlTable {
  [key: string]: TomlValue
}

/** The part of TOML a Codex configuration needs: bare keys, tables, basic strings, booleans. */
export function parseToml(text: string): TomlTable {
  const root: TomlTable = {}
  let table = root
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, header] = /^\[([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\]$/.exec(line) ?? []
    if (header !== undefined) {
      table = header.split('.').reduce((parent, key) => {
        const child = (Object.hasOwn(parent, key) ? parent[key] : undefined) ?? {}
        if (typeof child !== 'object') throw new Error('a value is no table')
        parent[key] = child
        return child
      }, root)
      continue
    }
    const [, key, value] = /^([A-Za-z0-9_-]+) = (.*)$/s.exec(line) ?? []
    if (key === undefined || value === undefined) throw new Error(`not TOML: ${line}`)
    if (Object.hasOwn(table, key)) throw new Error('defined twice')
    table[key] = scalar(value)
  }
  return root
}

function scalar(text: string): TomlValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const [, body] = /^"((?:[^"\\]|\\.)*)"$/s.exec(text) ?? []
  if (body === undefined) throw new Error(`not a value: ${text}`)
  for (const character of body) {
    const code = character.charCodeAt(0)
    if ((code < 0x20 && code !== 9) || code === 0x7f) throw new Error('control character')
  }
  return body.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, escape: string) => {
    if (escape.startsWith('u')) return String.fromCharCode(Number.parseInt(escape.slice(1), 16))
    const plain: Record<string, string> = { '"': '"', '\\': '\\', n: '\n', t: '\t', r: '\r' }
    const character = plain[escape]
    if (character === undefined) throw new Error('unknown escape')
    return character
  })
}
