import type { ApiType } from '@/src/domain/chat-endpoints'
import type { ProbeCause } from '@/src/domain/check-run'
import type { ExportRecord } from '@/src/domain/export-record'
import { type FailureClass, raise } from '@/src/domain/failure'

import { listModels, type ListPorts } from './models'
import { ownWords } from './own-words'
import { pickModel } from './suggest'

export interface OfferedModels {
  readonly models: string[]
  /** What a verification takes; `null` = nothing to choose from. */
  readonly suggested: string | null
}

/** Refused lists that are not simply refused. */
const CLASSES: Partial<Record<ProbeCause, FailureClass>> = {
  'protection-page': 'challenge',
  'protocol-unsupported': 'unsupported',
  'endpoint-not-found': 'unsupported',
  'not-an-endpoint': 'changed-api',
  'unexpected-shape': 'changed-api',
  'rate-limited': 'limit',
  'server-error': 'server',
}

/**
 * The live models of a key by one protocol.
 *
 * @throws what the transport throws, or a failure whose reason is the cause a probe would have
 */
export async function offeredModels(
  ports: ListPorts,
  record: ExportRecord,
  apiType: ApiType,
): Promise<OfferedModels> {
  const list = await listModels(ports, record, apiType)
  if (list.ok) {
    const { models } = list
    return { models, suggested: pickModel(record.modelHint, apiType) ?? pickModel(models, apiType) }
  }
  const { verdict, httpStatus } = list
  const detail = ownWords(verdict.words ?? '', record.key)
  return raise({
    class: CLASSES[verdict.cause] ?? 'refused',
    reason: verdict.cause,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(detail === '' ? {} : { detail }),
  })
}
