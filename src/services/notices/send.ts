import { type Failure, raise } from '@/src/domain/failure'
import type { ChannelConfig, Notice } from '@/src/domain/notice'
import type { PostText } from '@/src/net/post-text'
import { redact } from '@/src/net/redact'

import { type ChannelAnswer, kindOf } from './channel-kinds'
import { secretsOf } from './channel-secrets'

/** Longest words of a service that are shown (`features/insight 8.2`). */
const WORDS_LIMIT = 300

/** Where services put their own words about what went wrong, the first that says anything. */
const WORDS = ['description', 'message', 'msg', 'StatusMessage', 'errmsg', 'error']

export interface SendPorts {
  readonly post: PostText
  readonly hasAccess: (origin: string) => Promise<boolean>
  /** A request leaves for `origin`. */
  readonly noteUse: (origin: string) => void
  readonly now: () => number
}

/**
 * Sends a notice through one channel, once.
 *
 * @throws `input` naming a field of the configuration, `access`/`no-permission`, what `postText`
 *   fails with, and what the answer means: `refused`/`channel-refused`, `limit`, `server`,
 *   `changed-api`/`not-json`, `network`/`too-large`, with the service's own words in `detail`. No
 *   secret of the configuration is in any of them.
 */
export async function sendThrough(
  ports: SendPorts,
  config: ChannelConfig,
  notice: Notice,
): Promise<void> {
  const kind = kindOf(config)
  const { origin } = kind.address(config)
  if (!(await ports.hasAccess(origin))) raise({ class: 'access', reason: 'no-permission' })
  const post = await kind.post(config, notice, ports.now())
  ports.noteUse(origin)
  const { status, text } = await ports.post(post)
  const answer: ChannelAnswer = { status, body: text === null ? null : objectIn(text) }
  const isGood = status >= 200 && status < 300
  if (isGood && kind.isTaken(answer.body)) return
  if (isGood && answer.body === null) {
    raise(
      text === null
        ? { class: 'network', reason: 'too-large', httpStatus: status }
        : { class: 'changed-api', reason: 'not-json', httpStatus: status },
    )
  }
  raise(failureOf(answer, secretsOf(config)))
}

function failureOf({ status, body }: ChannelAnswer, secrets: readonly string[]): Failure {
  const words = WORDS.map((name) => body?.[name]).find(
    (word): word is string => typeof word === 'string' && word.trim() !== '',
  )
  const detail = words === undefined ? '' : redact(words, secrets, WORDS_LIMIT)
  return {
    ...meaningOf(status),
    httpStatus: status,
    ...(detail === '' ? {} : { detail }),
  }
}

function meaningOf(status: number): Pick<Failure, 'class' | 'reason'> {
  if (status === 429) return { class: 'limit', reason: 'site-asked' }
  if (status >= 500) return { class: 'server', reason: 'server-error' }
  return { class: 'refused', reason: 'channel-refused' }
}

function objectIn(text: string): ChannelAnswer['body'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null
  } catch {
    return null
  }
}
