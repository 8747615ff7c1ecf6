// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { mountPage } from '@/src/ui/app/mount-page'
import { queryClient } from '@/src/ui/app/query-client'
import { settingsQuery } from '@/src/ui/queries/settings'

import { startFakeWorker } from './support/fake-worker'

import './support/patience'

const html = document.documentElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.replaceChildren(document.createElement('div'))
  html.removeAttribute('lang')
  html.removeAttribute('data-theme')
})
afterEach(() => {
  vi.unstubAllGlobals()
  queryClient.clear()
})

async function mount(load = () => <p>page</p>): Promise<void> {
  await act(() => mountPage(document.body.firstElementChild as HTMLElement, load, ['popup']))
}

describe('mountPage', () => {
  it('has colours and language in place before the first paint', async () => {
    startFakeWorker({ settings: { ...DEFAULT_SETTINGS, theme: 'dark', language: 'ja' } })
    const seen: (string | undefined)[] = []
    function Page() {
      seen.push(html.dataset.theme, html.lang)
      return <p>page</p>
    }
    await mount(() => <Page />)
    expect(seen.slice(0, 2)).toEqual(['dark', 'ja'])
    expect(html.dir).toBe('ltr')
  })

  it("follows the browser's language and the system's colours without a choice", async () => {
    startFakeWorker()
    await mount()
    expect([html.lang, html.dataset.theme]).toEqual(['en', undefined])
  })

  it('follows settings that change while the page is open', async () => {
    startFakeWorker()
    await mount()
    act(() => {
      queryClient.setQueryData(settingsQuery().queryKey, {
        ...DEFAULT_SETTINGS,
        theme: 'light',
        language: 'zh-CN',
      })
    })
    await waitFor(() => {
      expect([html.lang, html.dataset.theme]).toEqual(['zh-CN', 'light'])
    })
  })

  it('says when it could not start, and starts on request', async () => {
    const worker = startFakeWorker({
      failures: { 'app.boot': { class: 'storage', reason: 'unreadable' } },
    })
    await mount()
    expect(screen.getByRole('heading', { name: 'Relaydeck could not start' })).toBeTruthy()
    worker.failures = {}
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('page')).toBeTruthy()
  })

  it('shows a way out when a page breaks', async () => {
    startFakeWorker()
    vi.spyOn(console, 'error').mockReturnValue()
    function Broken(): never {
      throw new RangeError('secret-in-a-message')
    }
    await mount(() => <Broken />)
    expect(screen.getByRole('heading', { name: 'This page stopped working' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy()
    expect(document.body.textContent).not.toContain('secret-in-a-message')
    vi.restoreAllMocks()
  })
})
