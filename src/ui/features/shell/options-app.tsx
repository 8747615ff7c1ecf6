import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { useLiveUpdates } from '../../queries/live'
import { AccountsPlace } from './accounts-place'
import { Arrival } from './arrival'
import { Navigation } from './navigation'
import type { Route } from './route'
import type { Screens } from './screens'
import { useRoute } from './use-route'

/** The options page: navigation at the left, the place the address names at the right. */
export function OptionsApp({ screens }: { screens: Screens }) {
  const { t } = useTranslation('shell')
  useLiveUpdates()
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  const arrivals = useRef(0)

  function focusHeading(): void {
    arrivals.current += 1
    // The first page leaves the focus where the browser put it.
    const heading = main.current?.querySelector<HTMLElement>('h1')
    if (!heading || arrivals.current === 1) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }

  useEffect(() => {
    document.title = t('title', { page: t(`page.${route.page}`) })
  }, [route.page, t])

  return (
    <div className="flex h-dvh flex-col sm:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:bg-raised focus:px-3 focus:py-2"
        onClick={(event) => {
          // The address names places, so the link must not change it.
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t('skip')}
      </a>
      <Navigation page={route.page} />
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className="min-h-0 min-w-0 flex-1 overflow-auto outline-none"
      >
        <Suspense>
          <Place route={route} screens={screens} />
          <Arrival key={route.page} onArrival={focusHeading} />
        </Suspense>
      </main>
    </div>
  )
}

function Place({ route, screens }: { route: Route; screens: Screens }) {
  const { keys: Keys, credentials: Credentials, models: Models } = screens
  switch (route.page) {
    case 'accounts':
      return <AccountsPlace screens={screens} panel={route.panel} />
    case 'keys':
      return <Keys panel={route.panel} />
    case 'credentials':
      return <Credentials panel={route.panel} />
    case 'models':
      return <Models key={route.credentialId} credentialId={route.credentialId} />
    default: {
      const Page = screens.plain[route.page]
      return <Page />
    }
  }
}
