import './theme.css'

import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'

import { failed, type Failure, type Result } from '@/src/domain/failure'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { send } from '@/src/messaging/client'
import type { OutputOf } from '@/src/messaging/protocol'
import { browserLanguage } from '@/src/platform/page-language'

import { jobQuery } from '../queries/refresh'
import { settingsQuery } from '../queries/settings'
import { loadTexts } from '../text/i18n'
import { resolveLanguage } from '@/src/domain/language'
import type { Namespace } from '../text/namespaces'
import { applyAppearance } from './appearance'
import { PageBoundary } from './page-boundary'
import { queryClient } from './query-client'
import { StartFailure } from './start-failure'

/** Longer than the slowest start of a worker; after it, nobody is going to answer. */
const PATIENCE_MS = 8_000
const NO_ANSWER: Failure = { class: 'interrupted', reason: 'no-answer' }

/**
 * Starts an extension page: asks the worker for the settings, gives the page its colours and its
 * language, and only then paints, so that nothing is ever seen to change its mind.
 *
 * `load` is asked once the language is known; the first paint waits for what it promises.
 * `namespaces` are the texts the page needs beside `common` and `failures`.
 */
export async function mountPage(
  element: HTMLElement,
  load: () => ReactNode | Promise<ReactNode>,
  namespaces: readonly Namespace[],
): Promise<void> {
  const texts = [...new Set<Namespace>(['common', 'failures', ...namespaces])]
  await start(createRoot(element), load, texts)
}

async function start(
  root: Root,
  load: () => ReactNode | Promise<ReactNode>,
  texts: readonly Namespace[],
): Promise<void> {
  // Most people use their browser's language: its texts can come while the worker wakes up.
  const ahead = loadTexts(resolveLanguage('auto', browserLanguage()), texts)
  const [boot] = await Promise.all([withPatience(send('app.boot', {})), ahead])
  if (!boot.ok) {
    await applyAppearance(DEFAULT_SETTINGS, texts)
    const { failure } = boot
    // A new element for each try: what the last one had begun must not look unfinished.
    const retry = () => void start(root, load, texts)
    root.render(<StartFailure key={performance.now()} failure={failure} onRetry={retry} />)
    return
  }
  await applyAppearance(boot.value.settings, texts)
  remember(boot.value)
  followSettings(texts)
  const page = await load()
  root.render(
    <PageBoundary>
      <QueryClientProvider client={queryClient}>{page}</QueryClientProvider>
    </PageBoundary>,
  )
}

function remember({ settings, job }: OutputOf<'app.boot'>): void {
  queryClient.setQueryData(settingsQuery().queryKey, settings)
  queryClient.setQueryData(jobQuery().queryKey, job)
}

/** Changes made here or announced by the worker show at once in the open page. */
function followSettings(texts: readonly Namespace[]): void {
  const { queryKey } = settingsQuery()
  let shown = queryClient.getQueryData(queryKey)
  queryClient.getQueryCache().subscribe(() => {
    const settings = queryClient.getQueryData(queryKey)
    if (!settings || settings === shown) return
    shown = settings
    void applyAppearance(settings, texts)
  })
}

function withPatience<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
  const silence = new Promise<Result<T>>((resolve) => {
    setTimeout(() => {
      resolve(failed(NO_ANSWER))
    }, PATIENCE_MS)
  })
  return Promise.race([answer, silence])
}
