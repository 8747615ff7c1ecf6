import type * as z from 'zod/mini'

import type { ApiType } from '@/src/domain/chat-endpoints'
import type { CredentialState } from '@/src/domain/credential'
import { type Failure, raise, settle } from '@/src/domain/failure'
import { isHtml } from '@/src/net/challenge'
import { type CallFacts, classifyAnswer } from '@/src/net/classify'
import { readShape } from '@/src/net/envelope'
import { hideSecrets } from '@/src/net/redact'
import type { SiteRequest, SiteResponse, Transport } from '@/src/net/transport'

export type Attempt = CredentialState['attempts'][number]

/** A credential as its requests need it. */
export interface Target {
  readonly apiType: ApiType
  /** Normalised (`domain/base-url.ts`). */
  readonly baseUrl: string
  readonly apiKey: string
}

export interface Question<S extends z.ZodMiniType> {
  /** Path from the root of the origin; see {@link below}. */
  readonly path: string
  readonly query?: NonNullable<SiteRequest['query']>
  /** Instead of the key as bearer. */
  readonly headers?: Readonly<Record<string, string>>
  readonly budget?: NonNullable<SiteRequest['budget']>
  readonly schema: S
  /** Not one of the ways to figures, so not listed among them. */
  readonly isAside?: true
}

/** Sends the GETs of one way to ask about a credential, to its own origin only. */
export interface Asker {
  readonly target: Target
  readonly now: () => number
  /**
   * The body of the answer, read by `schema`.
   *
   * @throws the failure the answer means; also noted as an attempt. `login`/`key-refused` is a 401,
   *   `changed-api`/`web-page` a page, `changed-api`/`not-data` anything else that is no JSON.
   */
  readonly get: <S extends z.ZodMiniType>(question: Question<S>) => Promise<z.output<S>>
}

export interface AskerParts {
  readonly transport: Transport
  readonly target: Target
  readonly source: Attempt['source']
  /** Where each request is noted. */
  readonly attempts: Attempt[]
  readonly now: () => number
}

export function createAsker({ transport, target, source, attempts, now }: AskerParts): Asker {
  const secrets = [target.apiKey]
  return {
    target,
    now,
    async get({ schema, isAside, ...question }) {
      const path = hideSecrets(question.path, secrets)
      const result = await settle(async () => {
        const response = await transport({
          method: 'GET',
          headers: bearer(target.apiKey),
          cookies: 'omit',
          budget: 'general',
          ...question,
        })
        const call = { path, secrets }
        const { status: httpStatus } = response
        return readShape(bodyOf(response, call), schema, { path, httpStatus, at: 'body' })
      })
      const note = (end: Pick<Attempt, 'outcome' | 'failure'>) => {
        if (!isAside) attempts.push({ source, path, ...end })
      }
      if (result.ok) {
        note({ outcome: 'success' })
        return result.value
      }
      const failure = { ...result.failure, path }
      note(isUnsupported(failure) ? { outcome: 'unsupported' } : { outcome: 'failed', failure })
      return raise(failure)
    },
  }
}

/** A path below the base address of the credential. */
export function below({ baseUrl }: Target, path: string): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '') + path
}

export function bearer(key: string): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${key}` }
}

/** Whether the server has no such route (`features/accounts-and-keys.md 7.4`). */
export function isUnsupported({ httpStatus }: Failure): boolean {
  return httpStatus === 404 || httpStatus === 405
}

/** What a 2xx says in JSON. APIs by key have no common envelope, but errors of theirs are 200 too. */
function bodyOf(response: SiteResponse, call: CallFacts): unknown {
  const verdict = classifyAnswer(response, call)
  if (verdict.ok) return verdict.value
  const { failure } = verdict
  if (failure.reason === 'unexpected-shape') return JSON.parse(response.text) as unknown
  if (failure.class === 'login') return raise({ ...failure, reason: 'key-refused' })
  if (failure.reason !== 'not-json') return raise(failure)
  return raise({ ...failure, reason: isHtml(response) ? 'web-page' : 'not-data' })
}
