import { type Failure, raise } from '@/src/domain/failure'
import { isHtml } from '@/src/net/challenge'
import { redact } from '@/src/net/redact'
import type { SiteResponse } from '@/src/net/transport'

import { isObject, parseJson, textOf } from '../json'

export interface AnswerFacts {
  readonly path: string
  readonly nowMs: number
  /** Exact values that must not be in a failure. */
  readonly secrets: readonly string[]
}

/** The failure an answer of the management interface means (`contracts/exports.md 4.1`). */
export function refuse(answer: SiteResponse, facts: AnswerFacts): never {
  const words = wordsOf(answer)
  return raise({
    ...verdictOf(answer, words, facts),
    httpStatus: answer.status,
    path: facts.path,
    ...(words === '' || isHtml(answer) ? {} : { detail: redact(words, facts.secrets) }),
  })
}

/** Whether the server says that it has no such entry, unlike a path it does not have. */
export function isEntryMissing(answer: SiteResponse): boolean {
  return answer.status === 404 && /item not found/i.test(wordsOf(answer))
}

const UNKNOWN_PROGRAM: Failure = { class: 'changed-api', reason: 'gateway-unknown-program' }

function verdictOf(answer: SiteResponse, words: string, { path, nowMs }: AnswerFacts): Failure {
  const { status } = answer
  if (isHtml(answer)) return UNKNOWN_PROGRAM
  if (status === 401) {
    const isMissing = /missing/i.test(words)
    return { class: 'login', reason: isMissing ? 'gateway-key-missing' : 'gateway-key-wrong' }
  }
  if (status === 403) return forbidden(words, nowMs)
  if (status === 404) return absent(answer, path)
  if (status >= 500) {
    const isSaving = /failed to save/i.test(words)
    return { class: 'server', ...(isSaving ? { reason: 'gateway-save-failed' } : {}) }
  }
  if (status >= 400) return { class: 'refused', reason: 'gateway-bad-request' }
  return UNKNOWN_PROGRAM
}

function forbidden(words: string, nowMs: number): Failure {
  if (/banned/i.test(words)) {
    const waitMs = waitIn(words)
    return {
      class: 'limit',
      reason: 'gateway-banned',
      ...(waitMs === null ? {} : { retryAtMs: nowMs + waitMs }),
    }
  }
  if (/key not set/i.test(words)) return { class: 'refused', reason: 'gateway-key-not-set' }
  if (/remote management/i.test(words))
    return { class: 'refused', reason: 'gateway-remote-disabled' }
  return { class: 'refused', reason: 'gateway-refused' }
}

/** Without a body the whole interface is off; old servers lack some lists, but never the first. */
function absent(answer: SiteResponse, path: string): Failure {
  if (answer.text.trim() === '') return { class: 'unsupported', reason: 'gateway-disabled' }
  if (path.endsWith('/openai-compatibility')) return UNKNOWN_PROGRAM
  return { class: 'unsupported', reason: 'gateway-list-missing' }
}

function wordsOf(answer: SiteResponse): string {
  const body = parseJson(answer.text)
  if (!isObject(body)) return answer.text.trim()
  return textOf(body, 'error') || textOf(body, 'message')
}

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 }

/** The wait at the end of `Try again in 1h29m58s`, as Go writes it; `null` = none is named. */
function waitIn(words: string): number | null {
  const text = /again in ((?:\d+(?:\.\d+)?[hms])+)/i.exec(words)?.[1]
  if (text === undefined) return null
  let sumMs = 0
  for (const [, count, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)([hms])/gi)) {
    sumMs += Number(count) * (UNITS_MS[unit.toLowerCase()] ?? 0)
  }
  return Math.ceil(sumMs)
}
