import { bodyRecord } from '../new-api/context'

export type FieldKind = 'string' | 'text-or-null' | 'boolean' | 'integer'

const GO_TYPE: Record<FieldKind, string> = {
  string: 'string',
  'text-or-null': 'string',
  boolean: 'bool',
  integer: 'int',
}

function isOfKind(value: unknown, kind: FieldKind): boolean {
  if (value === undefined || value === null) return true
  if (kind === 'integer') return Number.isInteger(value)
  return typeof value === (kind === 'boolean' ? 'boolean' : 'string')
}

/**
 * Decodes a body the way the server does: one field of the wrong type refuses all of it, and a
 * missing one is the zero value. The error texts are the decoder's: not in the contract.
 */
export function bindBody(
  body: unknown,
  kinds: Record<string, FieldKind>,
): { record: Record<string, unknown> } | { problem: string } {
  const record = bodyRecord(body)
  if (record === undefined) return { problem: body === undefined ? 'EOF' : 'invalid JSON object' }
  for (const [name, kind] of Object.entries(kinds)) {
    const value = record[name]
    if (isOfKind(value, kind)) continue
    return {
      problem: `json: cannot unmarshal ${typeof value} into Go struct field ${name} of type ${GO_TYPE[kind]}`,
    }
  }
  return { record }
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const whole = (value: unknown): number => (typeof value === 'number' ? value : 0)
