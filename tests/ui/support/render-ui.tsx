import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach } from 'vitest'

import type { Language } from '@/src/domain/settings'
import { showLanguage } from '@/src/ui/text/i18n'

import './patience'

/** Loads the texts before each test. */
export function withTexts(language: Language = 'en'): void {
  beforeEach(async () => {
    await showLanguage(language, ['common', 'failures', 'popup'])
  })
}

export function renderUi(ui: ReactNode) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Infinity } },
  })
  return {
    client,
    ...render(ui, {
      wrapper: ({ children }) => (
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      ),
    }),
  }
}
