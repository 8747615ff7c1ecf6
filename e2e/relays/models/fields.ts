import { type Body, Malformed, type ModelCall } from './call'

/** A check of a value; throws {@link Malformed} with the path of what is wrong. */
export type Check = (value: unknown, at: string) => void

const refuse = (at: string, problem: string): never => {
  throw new Malformed(`${at}: ${problem}`)
}

export const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text: Check = (value, at) => {
  if (typeof value !== 'string' || value === '') refuse(at, 'expected a non-empty string')
}

export const bool: Check = (value, at) => {
  if (typeof value !== 'boolean') refuse(at, 'expected a boolean')
}

export const number: Check = (value, at) => {
  if (typeof value !== 'number') refuse(at, 'expected a number')
}

export const integerFrom =
  (least: number): Check =>
  (value, at) => {
    if (!Number.isInteger(value) || (value as number) < least) {
      refuse(at, `expected an integer of at least ${least}`)
    }
  }

export const oneOf =
  (...words: readonly string[]): Check =>
  (value, at) => {
    if (!words.includes(value as string)) refuse(at, `expected one of ${words.join(', ')}`)
  }

export const list =
  (each: Check, least = 0): Check =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least) refuse(at, 'expected a list')
    ;(value as unknown[]).forEach((item, index) => each(item, `${at}.${index}`))
  }

export const either =
  (...checks: readonly Check[]): Check =>
  (value, at) => {
    const problems = checks.map((check) => problemOf(check, value, at))
    if (!problems.includes(null)) refuse(at, problems.join(' or '))
  }

function problemOf(check: Check, value: unknown, at: string): string | null {
  try {
    check(value, at)
    return null
  } catch (error) {
    return String(error)
  }
}

/** An object with these fields and no others; a name ending in `!` must be there. */
export const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, at) => {
    if (!isRecord(value)) return refuse(at, 'expected an object')
    const known = new Map(Object.entries(fields).map(([name, c]) => [name.replace(/!$/, ''), c]))
    for (const name of Object.keys(value)) {
      if (!known.has(name)) refuse(`${at}.${name}`, 'unknown name')
    }
    for (const name of Object.keys(fields).filter((one) => one.endsWith('!'))) {
      if (!(name.slice(0, -1) in value)) refuse(`${at}.${name.slice(0, -1)}`, 'field required')
    }
    for (const [name, check] of known) {
      if (value[name] !== undefined) check(value[name], `${at}.${name}`)
    }
  }

/** A JSON schema of an object, as tools have it. */
export const objectSchema: Check = (value, at) => {
  if (!isRecord(value) || value['type'] !== 'object' || !isRecord(value['properties'])) {
    refuse(at, 'expected a schema of type object with properties')
  }
}

export const anyRecord: Check = (value, at) => {
  if (!isRecord(value)) refuse(at, 'expected an object')
}

/** The body of a JSON request that fits `shape`. */
export function bodyOf(call: ModelCall, shape: Check): Body {
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Malformed(`unsupported content type '${type ?? ''}'`)
  if (!isRecord(call.body)) throw new Malformed('body is no JSON object')
  shape(call.body, 'body')
  return call.body
}

export const recordsOf = (value: unknown): Body[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** The text of a content that is a string or a list of parts. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  return recordsOf(content)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}
