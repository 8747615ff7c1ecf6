import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'

interface Options {
  list: RefObject<HTMLElement | null>
  count: number
  pageSize: () => number
  /** Scrolls a row into view; it may only exist afterwards. */
  reveal: (index: number) => void
  onEnter: (index: number) => void
}

interface Roving {
  /** The row that is a stop of the Tab key. */
  readonly stop: number
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

/** One Tab stop for a whole list; arrows, Home, End and Page keys move inside it. */
export function useRovingRow({ list, count, pageSize, reveal, onEnter }: Options): Roving {
  const [stop, setStop] = useState(0)
  const wanted = useRef<number | null>(null)

  // A row far away is only there after the list has scrolled and rendered again.
  useEffect(() => {
    if (wanted.current === null) return
    const target = targetIn(list.current, wanted.current)
    if (!target) return
    wanted.current = null
    target.focus({ preventScroll: true })
  })

  function onKeyDown(event: KeyboardEvent): void {
    const from = indexOf(event.target)
    if (from === null || event.defaultPrevented || event.target instanceof HTMLInputElement) return
    if (event.key === 'Enter' && isRow(event.target)) return onEnter(from)
    const to = destination(event.key, from, count, pageSize)
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    wanted.current = to
    setStop(to)
    reveal(to)
    targetIn(list.current, to)?.focus({ preventScroll: true })
  }

  function onFocus(event: FocusEvent): void {
    const at = indexOf(event.target)
    if (at !== null && wanted.current === null) setStop(at)
    if (at === wanted.current) wanted.current = null
  }

  return { stop: Math.min(stop, Math.max(0, count - 1)), onKeyDown, onFocus }
}

function destination(
  key: string,
  from: number,
  count: number,
  pageSize: () => number,
): number | null {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, from + 1)
    case 'ArrowUp':
      return Math.max(0, from - 1)
    case 'PageDown':
      return Math.min(last, from + pageSize())
    case 'PageUp':
      return Math.max(0, from - pageSize())
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

function targetIn(list: HTMLElement | null, index: number): HTMLElement | null {
  const row = list?.querySelector<HTMLElement>(`[data-index="${String(index)}"]`)
  return row?.querySelector<HTMLElement>('[data-row-target]') ?? row ?? null
}

function indexOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-index]') : null
  const index = row?.getAttribute('data-index')
  return index ? Number(index) : null
}

function isRow(target: EventTarget): boolean {
  return target instanceof Element && target.hasAttribute('data-index')
}
