import { type FocusEvent, type RefObject, useEffect, useRef } from 'react'

/**
 * Entries leave the list when they are settled, and the pressed button with them: the focus then
 * goes to the entry that took the place, or to the page's heading when none is left.
 *
 * @param entries the list as it is shown now
 */
export function useKeptFocus(
  page: RefObject<HTMLElement | null>,
  entries: unknown,
): (event: FocusEvent) => void {
  const last = useRef<{ element: Element; index: string } | null>(null)
  useEffect(() => {
    if (!last.current || last.current.element.isConnected) return
    if (document.activeElement !== document.body) return
    const target = targetIn(page.current, last.current.index)
    last.current = null
    if (target && !target.matches('a, button')) target.tabIndex = -1
    target?.focus({ preventScroll: true })
  }, [page, entries])
  return ({ target }) => {
    const index = target.closest('[data-index]')?.getAttribute('data-index')
    last.current = index ? { element: target, index } : null
  }
}

function targetIn(page: HTMLElement | null, index: string): HTMLElement | undefined {
  const targets = [...(page?.querySelectorAll<HTMLElement>('[data-row-target]') ?? [])]
  const same = targets.find((target) => target.closest(`[data-index="${index}"]`))
  return same ?? targets.at(-1) ?? page?.querySelector('h1') ?? undefined
}
