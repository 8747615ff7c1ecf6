import { useEffect, useRef } from 'react'

interface Actions {
  readonly focusSearch: () => void
  readonly refresh: () => void
}

/** Keys that work anywhere in the popup; letters only where nothing is being typed. */
export function usePopupKeys(actions: Actions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const key = event.key.toLowerCase()
      const command = event.ctrlKey || event.metaKey
      const isSearch = command ? key === 'k' : key === '/' && !isTyping(event.target)
      const isRefresh = !command && !event.repeat && key === 'r' && !isTyping(event.target)
      if (!isSearch && !isRefresh) return
      event.preventDefault()
      if (isSearch) latest.current.focusSearch()
      else latest.current.refresh()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [role=menuitem]')
}
