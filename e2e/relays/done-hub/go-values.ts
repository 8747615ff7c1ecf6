import { bodyRecord } from '../new-api/context'

/** The part of Go's typed decoding whose error texts reach the client. */
export type Shape = 'string' | 'int' | 'bool' | 'strings' | { readonly [field: string]: Shape }

const INTEGER = /^[+-]?\d+$/

/** `strconv.Atoi` of a path segment (`contracts/donehub.md` 12). */
export function atoi(text: string): { value: number } | { problem: string } {
  if (INTEGER.test(text)) return { value: Number(text) }
  return { problem: `strconv.Atoi: parsing "${text}": invalid syntax` }
}

/**
 * The named query parameters as integers, 0 for a missing or empty one; an error text when one is
 * no integer (not in the contract: the text of the web framework).
 */
export function intParams<Name extends string>(
  params: URLSearchParams,
  names: readonly Name[],
): { values: Record<Name, number> } | { problem: string } {
  const entries: [Name, number][] = []
  for (const name of names) {
    const text = params.get(name) || '0'
    if (!INTEGER.test(text)) {
      return { problem: `strconv.ParseInt: parsing "${text}": invalid syntax` }
    }
    entries.push([name, Number(text)])
  }
  return { values: Object.fromEntries(entries) as Record<Name, number> }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function isOfShape(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'int':
      return Number.isInteger(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
    default:
      return bodyRecord(value) !== undefined
  }
}

function goType(shape: Shape): string {
  if (typeof shape === 'object') return 'struct'
  return shape === 'strings' ? '[]string' : shape
}

/**
 * Why a JSON value does not fit a Go struct, `null` if it does. Missing and `null` parts become
 * zero values there and are fine; unknown ones are ignored.
 */
export function decodeProblem(value: unknown, shape: Shape, path: string): string | null {
  if (value === undefined || value === null) return null
  if (!isOfShape(value, shape)) {
    const place = `Go struct field ${path} of type ${goType(shape)}`
    return `json: cannot unmarshal ${kindOf(value)} into ${place}`
  }
  if (typeof shape !== 'object') return null
  const record = bodyRecord(value)
  for (const [field, inner] of Object.entries(shape)) {
    const problem = decodeProblem(record?.[field], inner, `${path}.${field}`)
    if (problem !== null) return problem
  }
  return null
}
