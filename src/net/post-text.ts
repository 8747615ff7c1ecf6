import { isFailureError, raise } from '@/src/domain/failure'

import { readBody } from './read-body'

/** A text to be posted somewhere that is no account's site. The address may hold secrets. */
export interface TextPost {
  readonly url: string
  /** Besides the content type; visible ASCII only. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly contentType: string
}

export interface TextAnswer {
  readonly status: number
  /** `null` = longer than is read. */
  readonly text: string | null
}

/** How a post is sent. */
export interface PostLimits {
  /** For all of it, the answer included; default 15 s. */
  readonly timeoutMs?: number
  /** Longest answer that is read; default 64 KiB. */
  readonly maxBytes?: number
}

export type PostText = (post: TextPost, limits?: PostLimits) => Promise<TextAnswer>

/**
 * One POST, without the browser's cookies, and no second one of ours: no redirect is followed. (What
 * was sent over a connection used before, and lost before any answer, Chromium itself sends once
 * more.) Whatever the status, an answer is a success.
 *
 * @throws `network` (`timeout`, `unreachable`, `cut-off`), `changed-api`/`redirected`; nothing of the
 *   address is in them
 */
export const postText: PostText = async (post, limits = {}) => {
  const { timeoutMs = 15_000, maxBytes = 64 * 1024 } = limits
  const deadline = AbortSignal.timeout(timeoutMs)
  let answered = false
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      headers: {
        ...post.headers,
        'Content-Type': post.contentType,
        // Browsers would name the extension here.
        Origin: new URL(post.url).origin,
      },
      body: post.body,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: deadline,
    })
    answered = true
    if (isRedirect(response)) {
      await response.body?.cancel().catch(() => undefined)
      return raise({ class: 'changed-api', reason: 'redirected' })
    }
    return { status: response.status, text: await textOf(response, maxBytes) }
  } catch (thrown) {
    if (isFailureError(thrown)) throw thrown
    const reason = deadline.aborted ? 'timeout' : answered ? 'cut-off' : 'unreachable'
    // The cause would quote the address.
    return raise({ class: 'network', reason })
  }
}

/** Browsers hide a redirect behind status 0, other runtimes show its 3xx. */
function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400)
}

async function textOf(response: Response, maxBytes: number): Promise<string | null> {
  try {
    return await readBody(response, maxBytes, '')
  } catch (thrown) {
    if (isFailureError(thrown)) return null
    throw thrown
  }
}
