import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

import type { MenuItem } from './menu'

interface Props {
  id: string
  label: string
  items: readonly MenuItem[]
  start: 'first' | 'last'
  anchor: RefObject<HTMLElement | null>
  /** Closed by the person: the focus goes back to the button. */
  onClose: () => void
  /** The focus or a press went elsewhere. */
  onLeave: () => void
}

const EDGE_PX = 4

export function MenuList({ id, label, items, start, anchor, onClose, onLeave }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  usePlacement(ref, anchor)
  usePressOutside(ref, anchor, onLeave)
  useEffect(() => {
    moveTo(enabledIn(ref.current), start === 'first' ? 0 : -1)
  }, [start])

  function onKeyDown(event: KeyboardEvent): void {
    const entries = enabledIn(ref.current)
    const at = entries.findIndex((entry) => entry === document.activeElement)
    const next = targetOf(event.key, entries, at)
    if (event.key === 'Tab') return onLeave()
    if (event.key !== 'Escape' && next === null) return
    // What is meant for the menu must not reach the panel or the list around it.
    event.preventDefault()
    event.stopPropagation()
    if (next === null) onClose()
    else moveTo(entries, next)
  }

  return (
    <div
      ref={ref}
      id={id}
      role="menu"
      aria-label={label}
      popover="manual"
      onKeyDown={onKeyDown}
      className="fixed inset-auto m-0 min-w-44 animate-appear rounded-card border border-line bg-raised p-1 text-text shadow-float"
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-disabled={item.disabled}
          onClick={() => {
            if (item.disabled) return
            onClose()
            item.onSelect()
          }}
          className={`flex h-8 w-full items-center gap-2 rounded-control px-2 text-left text-13 outline-none hover:bg-hover focus:bg-hover aria-disabled:text-text-3 ${item.tone === 'bad' ? 'text-bad' : ''}`}
        >
          {item.icon ? <item.icon size={16} aria-hidden className="shrink-0" /> : null}
          {item.label}
        </button>
      ))}
    </div>
  )
}

function enabledIn(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])].filter(
    (entry) => entry.getAttribute('aria-disabled') !== 'true',
  )
}

function moveTo(entries: readonly HTMLElement[], index: number): void {
  entries.at(index)?.focus()
}

/** Where a key leads; a letter goes to the next entry that begins with it. */
function targetOf(key: string, entries: readonly HTMLElement[], at: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % entries.length
  if (key === 'ArrowUp') return at <= 0 ? entries.length - 1 : at - 1
  if (key === 'Home') return 0
  if (key === 'End') return entries.length - 1
  if (key.length !== 1 || key === ' ') return null
  const order = entries.map((_, step) => (at + 1 + step) % entries.length)
  const wanted = key.toLocaleLowerCase()
  const hit = order.find((index) =>
    entries[index]?.textContent.trim().toLocaleLowerCase().startsWith(wanted),
  )
  return hit ?? null
}

/** In the top layer, so that neither a scrolling list nor a dialog cuts it off. */
function usePlacement(
  ref: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    const menu = ref.current
    if (!menu || !anchor.current) return
    menu.showPopover()
    const button = anchor.current.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = menu
    const below = button.bottom + EDGE_PX
    const top = below + height > innerHeight ? button.top - height - EDGE_PX : below
    const left = Math.max(EDGE_PX, Math.min(button.right - width, innerWidth - width - EDGE_PX))
    menu.style.top = `${String(Math.max(EDGE_PX, top))}px`
    menu.style.left = `${String(left)}px`
  }, [ref, anchor])
}

function usePressOutside(
  ref: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  onLeave: () => void,
): void {
  useEffect(() => {
    function leave(event: PointerEvent): void {
      const at = event.target
      if (!(at instanceof Node)) return
      // The button itself toggles.
      if (!ref.current?.contains(at) && !anchor.current?.contains(at)) onLeave()
    }
    document.addEventListener('pointerdown', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
    }
  }, [ref, anchor, onLeave])
}
