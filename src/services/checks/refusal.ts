import type { Probe, ProbeCause, ProbeResult } from '@/src/domain/check-run'
import type { Failure } from '@/src/domain/failure'
import { isHtml, standsInFront } from '@/src/net/challenge'
import type { SiteResponse } from '@/src/net/transport'

import { errorIn, readAnswer } from './answer'
import { asDocument, type Document, textAt } from './protocol'

/** How a probe ended, before its time and its words are added. */
export interface Verdict {
  readonly state: Extract<ProbeResult['state'], 'pass' | 'fail' | 'unsupported' | 'stopped'>
  readonly cause: ProbeCause
  /** Words of the server or the model, not yet fit to show. */
  readonly words?: string
}

export const fail = (cause: ProbeCause, words = ''): Verdict => ({ state: 'fail', cause, words })

export const unsupported = (cause: ProbeCause, words = ''): Verdict => ({
  state: 'unsupported',
  cause,
  words,
})

/** Sites that look at who asks (`contracts/exports.md 8.5`, `sub2api.md 9`, `veloera.md 8`). */
const CLIENTS_ONLY =
  /client (?:is )?(?:not allowed|blocked)|claude_code_only|(?:only|restricted to|limited to)[\w\s,'-]{0,40}(?:official|claude code|codex|gemini cli)[\w\s]{0,20}clients?|official (?:\w+ )?clients?(?: is| are)? (?:only|required)|browser[_ ]extension[_ ]blocked|only (?:allows?|accepts?|supports?) claude code|(?:仅|只)(?:允许|支持|限)[^。，]{0,20}(?:客户端|claude code|codex)/i

/** Money or quota of the key, its user or its group (`new-api.md 6.8`, `sub2api.md 14`). */
const NO_QUOTA =
  /insufficient[_ ](?:user[_ ]|account[_ ])?(?:quota|balance|credits?|funds)|quota[_ ](?:exhausted|is not enough)|exceeded your current quota|api_key_quota_exhausted|usage_limit_exceeded|credit balance is too low|tokenstatusexhausted|额度(?:不足|已用尽|已耗尽|已用完)|余额不足|欠费/i

const NO_MODEL_CODE = /model[_ ]not[_ ]found|\bmodel: .*not_found_error/i
const NO_MODEL =
  /\bmodels?\b.{0,160}(?:not found|does(?: not|n't) exist|not (?:exist|available|supported)|unknown)|(?:no|unknown|invalid) (?:such )?model|no access to (?:the )?model|no available (?:channel|account)s?.{0,60}model|模型.{0,160}(?:无可用渠道|不存在|未找到)|无权(?:访问|使用)(?:该)?模型/i

/** A request's parts whose refusal says that the server lacks the function (8.6). */
const TOOL_PARTS = /\btools?\b|tool_choice|tool use|function[_ ]?call|functiondeclarations/i
const PARTS: Readonly<Record<Probe, RegExp | null>> = {
  models: null,
  text: null,
  stream: /\bstream(?:ing|ed)?\b/i,
  tools: TOOL_PARTS,
  structured:
    /response_format|text\.format|output_config|json_schema|json_object|json mode|response_?mime_?type|response_?schema|\btools?\b|tool_choice/i,
  'claude-code':
    /\btools?\b|tool_choice|tool use|anthropic-beta|beta (?:flag|header)|metadata|cache_control|system prompt|\bstream/i,
  codex:
    /\btools?\b|tool_choice|function[_ ]?call|instructions|\bstore\b|\binclude\b|prompt_cache_key|parallel_tool_calls|\bstream/i,
  'gemini-cli':
    /\btools?\b|function[_ ]?call|functiondeclarations|system_?instruction|generation_?config|\bstream/i,
}

/**
 * What an answer means that is none of the protocol, or `null` when it may be one
 * (`contracts/exports.md 8.6, 8.7`). By the media type first, then by known words, then by the
 * status.
 */
export function refusalOf(probe: Probe, response: SiteResponse): Verdict | null {
  if (standsInFront(response)) return fail('protection-page')
  const { status } = response
  if (isHtml(response)) return fail(status < 300 ? 'not-an-endpoint' : causeOfStatus(status))
  const { documents } = readAnswer(response)
  const error = errorIn(documents)
  if (status >= 200 && status < 300 && !error) return null
  const words = error ? wordsOf(error) : wordsOf(documents[0] ?? {}) || response.text
  return judge(probe, status < 300 ? statusIn(error) : status, words)
}

function judge(probe: Probe, status: number, words: string): Verdict {
  if (CLIENTS_ONLY.test(words)) return unsupported('official-clients-only', words)
  if (status === 402 || NO_QUOTA.test(words)) return fail('no-quota', words)
  if (NO_MODEL_CODE.test(words)) return fail('model-not-found', words)
  const isInvalid = status === 400 || status === 422 || status === 501
  if (isInvalid && PARTS[probe]?.test(words)) return unsupported('parameter-unsupported', words)
  if (status !== 401 && NO_MODEL.test(words)) return fail('model-not-found', words)
  return fail(causeOfStatus(status), words)
}

function causeOfStatus(status: number): ProbeCause {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 405) return 'endpoint-not-found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate-limited'
  if (status >= 500) return 'server-error'
  return status >= 400 ? 'bad-request' : 'unexpected-shape'
}

/** Status an error with HTTP 200 stands for; a stream has sent its status before it fails. */
function statusIn(document: Document | undefined): number {
  const error = (document && innerError(document)) ?? document ?? {}
  const code = Number(error['code'] ?? error['status'] ?? 0)
  if (Number.isInteger(code) && code >= 400 && code < 600) return code
  const kind = `${textAt(error, 'type')} ${textAt(error, 'code')}`
  if (/authentication|invalid_api_key|unauthorized/i.test(kind)) return 401
  if (/permission|forbidden|access_denied/i.test(kind)) return 403
  if (/not_found/i.test(kind)) return 404
  if (/rate_limit/i.test(kind)) return 429
  return /invalid_request|invalid_argument/i.test(kind) ? 400 : 500
}

/** Everything an error says, in one text: message, code, type, parameter. */
function wordsOf(document: Document): string {
  const error = innerError(document) ?? document
  const fields = ['error', 'message', 'detail', 'reason', 'code', 'type', 'param', 'status']
  return fields
    .map((field) => textAt(error, field))
    .filter((word) => word !== '')
    .join(' · ')
}

/** The object that says what went wrong, where the answer wraps it. */
function innerError(document: Document): Document | undefined {
  return asDocument(document['error']) ?? asDocument(asDocument(document['response'])?.['error'])
}

const CAUSE_OF_REASON: Readonly<Record<string, ProbeCause>> = {
  timeout: 'timeout',
  'too-large': 'too-large',
  redirected: 'redirected',
}

/** What a failure of the transport means: nothing of the site's API answered. */
export function verdictOfFailure({ class: kind, reason = '' }: Failure): Verdict {
  if (kind === 'cancelled') return { state: 'stopped', cause: 'stopped' }
  if (kind === 'access') return fail('no-access')
  if (kind === 'limit') return fail('rate-limited')
  return fail(CAUSE_OF_REASON[reason] ?? 'unreachable')
}
