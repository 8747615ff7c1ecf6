import { create } from 'zustand'

import { type Failure, failed, ok, type Result, settle } from '@/src/domain/failure'
import { assertWhole } from '@/src/domain/whole-key'

import { useSettings } from '../queries/settings'

/** What became of the last copied secret. Outlives the component that copied it. */
interface CopyState {
  readonly state: 'none' | 'copied' | 'cleared'
  /** When the clipboard is emptied, epoch ms; `null` = not by us. */
  readonly clearsAtMs: number | null
}

export const useCopyState = create<CopyState>()(() => ({ state: 'none', clearsAtMs: null }))

/** How long a sentence about it stays. */
const SAID_MS = 5000

const REFUSED: Failure = { class: 'refused', reason: 'clipboard' }

let timer: ReturnType<typeof setTimeout> | undefined
let waiting: AbortController | undefined

export interface CopySecret {
  /**
   * Copies whole keys, one a line. Fails with `input`/`masked` for a text that is no whole key, and
   * with `refused`/`clipboard` where the browser does not let the page write.
   */
  readonly copy: (keys: readonly string[]) => Promise<Result<void>>
  /** The same for a text that holds these keys. */
  readonly copyText: (text: string, keys: readonly string[]) => Promise<Result<void>>
}

/** Copies secrets and, where the settings say so, takes them out of the clipboard again. */
export function useCopySecret(): CopySecret {
  const { clearClipboardSec } = useSettings().settings
  const copyText: CopySecret['copyText'] = async (text, keys) => {
    const whole = await settle(() => Promise.resolve(keys.map(assertWhole)))
    if (!whole.ok) return whole
    const written = await settle(() => navigator.clipboard.writeText(text))
    if (!written.ok) return failed(REFUSED)
    startClock(clearClipboardSec)
    return ok(undefined)
  }
  return { copy: (keys) => copyText(keys.join('\n'), keys), copyText }
}

function startClock(seconds: number): void {
  clearTimeout(timer)
  waiting?.abort()
  const clearsAtMs = seconds > 0 ? Date.now() + seconds * 1000 : null
  useCopyState.setState({ state: 'copied', clearsAtMs })
  timer = clearsAtMs === null ? setTimeout(forget, SAID_MS) : setTimeout(empty, seconds * 1000)
}

function forget(): void {
  useCopyState.setState({ state: 'none', clearsAtMs: null })
}

/** A page may only write while it has the focus: without it, when it has it again. */
function empty(): void {
  if (document.hasFocus()) {
    void navigator.clipboard.writeText('').then(
      () => {
        useCopyState.setState({ state: 'cleared', clearsAtMs: null })
        timer = setTimeout(forget, SAID_MS)
      },
      () => undefined,
    )
    return
  }
  waiting = new AbortController()
  window.addEventListener('focus', empty, { once: true, signal: waiting.signal })
}
