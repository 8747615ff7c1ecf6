import type { ApiType } from '@/src/domain/chat-endpoints'
import { withSuffix } from '@/src/domain/base-url'
import type { Probe, ProbeResult } from '@/src/domain/check-run'
import type { ExportRecord } from '@/src/domain/export-record'
import { failureOf, settle } from '@/src/domain/failure'
import type { SiteRequest, SiteResponse } from '@/src/net/transport'

import { readAnswer } from './answer'
import { anthropic } from './anthropic'
import { chat } from './chat'
import { CLI_PROMPT, cliCall, type CliProbe, protocolOfCli } from './cli'
import { google } from './google'
import { baseOf, type ListPorts, type ModelList } from './models'
import { ownWords } from './own-words'
import {
  type Ask,
  type ModelCall,
  type ModelProbe,
  PROMPTS,
  PROTOCOL_OF_TOOL,
  type Protocol,
} from './protocol'
import { responses } from './responses'
import { fail, refusalOf, unsupported, type Verdict, verdictOfFailure } from './refusal'
import { pickModel } from './suggest'
import { judgeSaid } from './verdict'

const PROTOCOLS: Readonly<Record<ApiType, Protocol>> = {
  'openai-compatible': chat,
  openai: responses,
  anthropic,
  google,
}

/** How many models a result names. */
const NAMED_MODELS = 20
const DETAIL_LIMIT = 240

export interface ProbePorts extends ListPorts {
  readonly now: () => number
  /** The model list of the key; one that was asked for already may be given again. */
  readonly listOf: (record: ExportRecord, apiType: ApiType) => Promise<ModelList>
}

/** One key under test, by one protocol. */
export interface Subject {
  readonly record: ExportRecord
  readonly apiType: ApiType
  /** Given by the user; absent = what fits best (`contracts/exports.md 8.1`). */
  readonly model?: string
}

const isCli = (probe: Probe): probe is CliProbe => Object.hasOwn(PROTOCOL_OF_TOOL, probe)

/**
 * Whether the key lists at least one model: one request as a rule, which costs nothing. Never
 * throws; no secret in the result.
 */
export async function probeModels(
  ports: ProbePorts,
  { record, apiType }: Subject,
): Promise<ProbeResult> {
  return timed(ports, 'models', record.key, async () => {
    const list = await ports.listOf(record, apiType)
    if (!list.ok) return list
    const { models, httpStatus } = list
    if (models.length === 0) return { verdict: fail('no-models'), httpStatus }
    const named = models.slice(0, NAMED_MODELS).join(', ')
    // Names without the key in them: what looks like a secret in them is part of a name.
    const detail = `${models.length} · ${named}`.slice(0, DETAIL_LIMIT)
    return { verdict: { state: 'pass', cause: 'ok' }, httpStatus, detail }
  })
}

/**
 * Runs one probe that talks to a model, by the protocol of the key or of the tool, with a model
 * found where none is given. Costs a little of the key's quota. Never throws; no secret in the
 * result.
 */
export async function probeModel(
  ports: ProbePorts,
  probe: ModelProbe,
  subject: Subject,
): Promise<{ result: ProbeResult; model?: string }> {
  const { record } = subject
  const apiType = isCli(probe) ? protocolOfCli(probe) : subject.apiType
  const base = baseOf(record, apiType)
  const { key } = record
  if (base === null) {
    const verdict = unsupported('protocol-unsupported')
    return { result: await timed(ports, probe, key, () => Promise.resolve({ verdict })) }
  }
  const model = await settle(async () => subject.model ?? (await findModel(ports, record, apiType)))
  if (!model.ok || model.value === null) {
    const verdict = model.ok ? fail('no-model-chosen') : verdictOfFailure(model.failure)
    return { result: await timed(ports, probe, key, () => Promise.resolve({ verdict })) }
  }
  const call = callOf(probe, apiType, { key, model: model.value })
  const result = await timed(ports, probe, key, async () => {
    const response = await send(ports, probe, withSuffix(base, PROTOCOLS[apiType].version), call)
    return { verdict: judge(probe, apiType, response), httpStatus: response.status }
  })
  return { result, model: model.value }
}

function callOf(probe: ModelProbe, apiType: ApiType, ask: Omit<Ask, 'prompt'>): ModelCall {
  return isCli(probe)
    ? cliCall(probe, { ...ask, prompt: CLI_PROMPT })
    : PROTOCOLS[apiType].callFor(probe, { ...ask, prompt: PROMPTS[probe] })
}

/** The model a probe of that protocol takes; `null` = the key has none to offer. */
async function findModel(
  { listOf }: ProbePorts,
  record: ExportRecord,
  apiType: ApiType,
): Promise<string | null> {
  const hinted = pickModel(record.modelHint, apiType)
  if (hinted !== null) return hinted
  const list = await listOf(record, apiType)
  return list.ok ? pickModel(list.models, apiType) : null
}

function judge(probe: ModelProbe, apiType: ApiType, response: SiteResponse): Verdict {
  const refusal = refusalOf(probe, response)
  if (refusal) return refusal
  const { streamed, documents } = readAnswer(response)
  const said = PROTOCOLS[apiType].read(documents)
  return said ? judgeSaid(probe, said, streamed) : fail('unexpected-shape', response.text)
}

function send(
  { transportTo, signal }: ProbePorts,
  probe: ModelProbe,
  base: string,
  { path, query, headers, body }: ModelCall,
): Promise<SiteResponse> {
  const { origin, pathname } = new URL(base)
  const request: SiteRequest = {
    method: 'POST',
    path: pathname + path,
    ...(query ? { query } : {}),
    headers: { ...(body['stream'] === true ? { Accept: 'text/event-stream' } : {}), ...headers },
    body,
    cookies: 'omit',
    budget: 'general',
    limitIsAnswer: true,
    timeoutMs: probe === 'structured' ? 60_000 : 30_000,
  }
  return transportTo(origin)(request, signal ? { signal } : {})
}

interface Outcome {
  readonly verdict: Verdict
  readonly httpStatus?: number
  readonly detail?: string
}

async function timed(
  { now }: ProbePorts,
  probe: Probe,
  key: string,
  work: () => Promise<Outcome>,
): Promise<ProbeResult> {
  const startedAtMs = now()
  const { verdict, httpStatus, detail } = await work().catch((thrown: unknown): Outcome => ({
    verdict: verdictOfFailure(failureOf(thrown)),
  }))
  const shown = detail ?? ownWords(verdict.words ?? '', key)
  return {
    probe,
    state: verdict.state,
    cause: verdict.cause,
    latencyMs: Math.max(0, Math.round(now() - startedAtMs)),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(shown === '' ? {} : { detail: shown }),
  }
}
