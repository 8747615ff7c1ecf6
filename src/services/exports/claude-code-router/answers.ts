import { type Failure, raise } from '@/src/domain/failure'
import { isHtml } from '@/src/net/challenge'
import { redact } from '@/src/net/redact'
import type { SiteResponse } from '@/src/net/transport'

import { isObject, parseJson, textOf } from '../json'
import type { RouterGeneration } from './config'

interface AnswerFacts {
  readonly path: string
  readonly generation: RouterGeneration
  /** Exact values that must not be in a failure; the first is the gateway's own. */
  readonly secrets: readonly [string, ...string[]]
}

/** The failure an answer of Claude Code Router means (`contracts/exports.md 5.2, 5.3`). */
export function refuse(answer: SiteResponse, facts: AnswerFacts): never {
  const words = wordsOf(answer)
  const hasSecret = facts.secrets[0] !== ''
  return raise({
    ...(facts.generation === 'v2' ? verdictV2(answer, words) : verdictV3(answer, words, hasSecret)),
    httpStatus: answer.status,
    path: facts.path,
    ...(words === '' || isHtml(answer) ? {} : { detail: redact(words, facts.secrets) }),
  })
}

const UNKNOWN_PROGRAM: Failure = { class: 'changed-api', reason: 'gateway-unknown-program' }

function verdictV2(answer: SiteResponse, words: string): Failure {
  const { status } = answer
  if (isHtml(answer)) return UNKNOWN_PROGRAM
  if (status === 401) {
    const isMissing = /missing/i.test(words)
    return { class: 'login', reason: isMissing ? 'gateway-key-missing' : 'gateway-key-wrong' }
  }
  if (status === 403) return forbidden(words)
  if (status >= 500) return { class: 'server' }
  if (status === 404 || status < 400) return UNKNOWN_PROGRAM
  return { class: 'refused', reason: 'gateway-bad-request' }
}

function verdictV3(answer: SiteResponse, words: string, hasSecret: boolean): Failure {
  const { status } = answer
  if (isHtml(answer)) return UNKNOWN_PROGRAM
  if (status === 401) {
    // Its token changes at every start: most people never have one, and the link needs none.
    if (!hasSecret) return { class: 'unsupported', reason: 'use-link' }
    return { class: 'login', reason: 'gateway-token-wrong' }
  }
  if (status === 403) return forbidden(words)
  if (status === 404) return { class: 'unsupported', reason: 'gateway-list-missing' }
  if (status >= 500) return { class: 'server' }
  if (status >= 400) return { class: 'refused', reason: 'gateway-bad-request' }
  return UNKNOWN_PROGRAM
}

function forbidden(words: string): Failure {
  if (/cors|origin/i.test(words)) return { class: 'refused', reason: 'gateway-origin-refused' }
  const isHost = /forbidden host/i.test(words)
  return { class: 'refused', reason: isHost ? 'gateway-host-refused' : 'gateway-refused' }
}

function wordsOf(answer: SiteResponse): string {
  const body = parseJson(answer.text)
  if (!isObject(body)) return answer.text.trim()
  return isObject(body['error']) ? textOf(body['error'], 'message') : textOf(body, 'error')
}
