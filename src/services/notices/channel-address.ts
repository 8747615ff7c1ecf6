import { raise } from '@/src/domain/failure'
import type { Notice } from '@/src/domain/notice'

/** A field that must not be empty, without what was pasted around it. */
export function needed(text: string, field: string): string {
  return text.trim() || raise({ class: 'input', reason: 'required', field })
}

/**
 * A whole address of the web.
 *
 * @throws `input` (field `address`): `required`, `not-a-web-address`, `address-with-login`
 */
function webAddress(text: string): URL {
  const typed = needed(text, 'address')
  const url = URL.canParse(typed) ? new URL(typed) : null
  if (!url || !/^https?:$/.test(url.protocol)) return refuse('not-a-web-address')
  // No browser sends a request to an address with a login in it.
  if (url.username !== '' || url.password !== '') return refuse('address-with-login')
  url.hash = ''
  return url
}

/** The whole address of a hook, or its key behind `base`. @throws as {@link webAddress}, `malformed-key` */
export function hookAddress(text: string, base: string): URL {
  const typed = needed(text, 'address')
  if (/^[a-z][a-z0-9+.-]*:/i.test(typed) || typed.includes('/')) return webAddress(typed)
  return /^[\w-]+$/.test(typed) ? new URL(base + typed) : refuse('malformed-key')
}

/** URL, `host/topic` or topic of ntfy. @throws as {@link webAddress}, `no-topic` */
export function topicAddress(text: string): URL {
  const typed = needed(text, 'address')
  const isWhole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
  const isTopic = /^[\w-]{1,64}$/.test(typed)
  if (!isWhole && !isTopic && !typed.includes('/')) refuse('no-topic')
  const url = webAddress(isWhole ? typed : `https://${isTopic ? 'ntfy.sh/' : ''}${typed}`)
  return url.pathname === '/' ? refuse('no-topic') : url
}

/** The origin of a server, without a path. @throws as {@link webAddress}, `not-an-origin` */
export function serverAddress(text: string): URL {
  const url = webAddress(text)
  return url.pathname === '/' && url.search === '' ? url : refuse('not-an-origin')
}

/** What stands for a placeholder in the address of a webhook. */
export type Fillings = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>

const PLACEHOLDERS = [
  'title',
  'message',
  'task',
  'status',
  'total',
  'success',
  'failed',
  'skipped',
] as const

const PLACEHOLDER = new RegExp(`(?:\\{|%7B)(${PLACEHOLDERS.join('|')})(?:\\}|%7D)`, 'gi')

/** What a notice puts for each placeholder. */
export function fillingsOf(notice: Notice, status: string): Fillings {
  const { title, message, event, counts } = notice
  const count = (name: 'total' | 'success' | 'failed' | 'skipped') =>
    counts === null ? '' : String(counts[name])
  return {
    title,
    message,
    task: event,
    status,
    total: count('total'),
    success: count('success'),
    failed: count('failed'),
    skipped: count('skipped'),
  }
}

/**
 * The address of a webhook with its placeholders filled in and encoded.
 *
 * @throws as {@link webAddress}, `placeholder-in-host`: where it sends to must not depend on a notice
 */
export function filledAddress(text: string, fillings?: Fillings): URL {
  const filled = (put: (name: keyof Fillings) => string) =>
    webAddress(
      text.replace(PLACEHOLDER, (_, name: string) =>
        // Half a character cannot be encoded.
        encodeURIComponent(put(name.toLowerCase() as keyof Fillings).toWellFormed()),
      ),
    )
  const url = filled(() => '0')
  if (filled(() => '1').origin !== url.origin) return refuse('placeholder-in-host')
  return fillings ? filled((name) => fillings[name]) : url
}

function refuse(reason: string): never {
  return raise({ class: 'input', reason, field: 'address' })
}
