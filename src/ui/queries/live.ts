import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

import { listen } from '@/src/messaging/events'
import type { AppEvent } from '@/src/messaging/protocol'

import { ACCOUNTS_KEY } from './accounts'
import { helpQuery } from './help'
import { jobQuery } from './refresh'
import { SITE_ACCESS_KEY } from './sites'
import { SETTINGS_KEY, settingsQuery } from './settings'

/** During a refresh figures arrive faster than anybody can read them. */
const MIN_GAP_MS = 250
/** Between two looks at what follows from all accounts together, and is much work to find out. */
const LONG_GAP_MS = 2_000

/** Follows what the worker announces. `mountPage` calls it; a page needs it once. */
export function useLiveUpdates(): void {
  const client = useQueryClient()
  useEffect(() => {
    const end = new AbortController()
    listen(createLiveUpdates(client, end.signal), end.signal)
    return () => {
      end.abort()
    }
  }, [client])
}

/** Turns announcements into cache changes. Exported for tests. */
export function createLiveUpdates(
  client: QueryClient,
  signal: AbortSignal,
): (event: AppEvent) => void {
  const readAccountsAgain = spaced(signal, () => {
    void client.invalidateQueries({ queryKey: ACCOUNTS_KEY })
  })
  // Who has a check-in, and when it is due, rests on accounts and settings.
  const planCheckInsAgain = spaced(
    signal,
    () => {
      void client.invalidateQueries({ queryKey: ['check-in'] })
    },
    LONG_GAP_MS,
  )
  const readAgain = (topic: string, ...others: (readonly string[])[]) =>
    spaced(signal, () => {
      for (const queryKey of [[topic], ...others]) void client.invalidateQueries({ queryKey })
    })
  // The first part of their query keys: see queries/keys.ts and its neighbours.
  const readLateAgain = {
    // Whether a key that was exported or saved as a credential is still there, the lists say.
    keys: readAgain('keys', ['credentials'], ['exports', 'ledger']),
    // Credentials and gateways are reasons to reach a site; tags have thresholds.
    credentials: readAgain('credentials', SITE_ACCESS_KEY, ['warnings']),
    checks: readAgain('checks'),
    exports: readAgain('exports', SITE_ACCESS_KEY),
    'check-in': readAgain('check-in'),
    redeem: readAgain('redeem'),
    journal: readAgain('journal'),
    // Warnings rest on settings, and channels are reasons to reach a site.
    automation: readAgain('automation', ['warnings'], SITE_ACCESS_KEY),
  }
  return (event) => {
    switch (event.topic) {
      case 'accounts':
        planCheckInsAgain()
        return readAccountsAgain()
      case 'job':
        client.setQueryData(jobQuery().queryKey, event.job)
        // Figures of the last accounts may have been written after their own announcement.
        if (event.job.state === 'done') readAccountsAgain()
        return
      case 'settings':
        // Our own change is on its way and already shown; an echo of an earlier one would flicker.
        if (client.isMutating({ mutationKey: SETTINGS_KEY }) > 0) return
        client.setQueryData(settingsQuery().queryKey, event.settings)
        return
      case 'help':
        client.setQueryData(helpQuery().queryKey, event.help)
        return
      case 'access':
        void client.invalidateQueries({ queryKey: SITE_ACCESS_KEY })
        readAccountsAgain()
        return readLateAgain.credentials()
      case 'keys':
      case 'credentials':
      case 'checks':
      case 'exports':
      case 'check-in':
      case 'redeem':
      case 'journal':
      case 'automation':
        if (event.topic === 'automation') planCheckInsAgain()
        return readLateAgain[event.topic]()
    }
  }
}

/** Runs `work` at once, then at most once per gap; nothing that came in between is lost. */
function spaced(signal: AbortSignal, work: () => void, gapMs = MIN_GAP_MS): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
  })
  function run(): void {
    again = false
    timer = setTimeout(() => {
      timer = undefined
      if (again) run()
    }, gapMs)
    work()
  }
  return () => {
    if (timer === undefined) run()
    else again = true
  }
}
