// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { Suspense } from 'react'
import { describe, expect, it } from 'vitest'

import { loadAhead, screens } from '@/src/ui/app/screens'

import { openPart } from './options-harness'

const { import: ImportPage, sites: SitesPage } = screens.plain

describe('a page with a chunk of its own', () => {
  it('is on the screen with the first paint when it was loaded ahead', async () => {
    await loadAhead({ page: 'sites' })
    await openPart(
      <Suspense fallback="a gap">
        <SitesPage />
      </Suspense>,
    )
    expect(screen.queryByText('a gap')).toBeNull()
    expect(screen.getByRole('heading', { level: 1 })).toBeTruthy()
  })

  it('comes after a gap when nobody asked for it before', async () => {
    await loadAhead({ page: 'accounts', panel: { kind: 'none' } })
    await openPart(
      <Suspense fallback="a gap">
        <ImportPage />
      </Suspense>,
    )
    expect(screen.getByText('a gap')).toBeTruthy()
    expect(await screen.findByRole('heading', { level: 1 })).toBeTruthy()
  })
})
