import { useEffect, useMemo, useSyncExternalStore } from 'react'

import { ACCOUNTS, hrefOf, parseRoute, type Route } from './route'

/** The place the page's address names; an address that names none is replaced by Accounts. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onHashChange, () => location.hash)
  const route = useMemo(() => parseRoute(hash), [hash])
  useEffect(() => {
    if (route) return
    history.replaceState(null, '', hrefOf(ACCOUNTS))
  }, [route])
  return route ?? ACCOUNTS
}

/** Goes to a place; the browser's back button returns. */
export function goTo(route: Route): void {
  location.hash = hrefOf(route)
}

function onHashChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => {
    window.removeEventListener('hashchange', changed)
  }
}
