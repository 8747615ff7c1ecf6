import type { Failure } from '@/src/domain/failure'

/**
 * The failure of a redemption without the code: it may be a short word, which no redaction by its
 * shape or its length hides.
 */
export function withoutCode(failure: Failure, code: string): Failure {
  const { detail, ...rest } = failure
  return detail?.toLowerCase().includes(code.toLowerCase()) ? rest : failure
}
