// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { DEFAULT_KEY, DEFAULT_SETTINGS, type Settings } from '@/src/domain/settings'

import { openPage } from './options-harness'

async function openSettings(given: Partial<Settings> = {}) {
  let stored: Settings = { ...DEFAULT_SETTINGS, language: 'en', ...given }
  const page = await openPage('#/settings', {
    'app.boot': () => ({ settings: stored, job: null }),
    'settings.set': ({ edit }) => {
      stored = { ...stored, ...(edit as Partial<Settings>) }
      return stored
    },
  })
  await screen.findByRole('heading', { level: 2, name: 'Keys' })
  return page
}

const on = { ...DEFAULT_KEY, afterAdding: true }

describe('the clipboard', () => {
  it('is left alone at first, and emptied after the chosen time', async () => {
    const { user, sent } = await openSettings()
    const select = screen.getByRole<HTMLSelectElement>('combobox', {
      name: 'Empty the clipboard after copying a key',
    })
    expect([...select.options].map(({ text }) => text)).toEqual([
      'Never',
      'After 30 seconds',
      'After 60 seconds',
      'After 120 seconds',
    ])
    expect(select.value).toBe('0')
    await user.selectOptions(select, 'After 60 seconds')
    await screen.findByText('Saved')
    expect(sent('settings.set')).toEqual([{ edit: { clearClipboardSec: 60 } }])
  })
})

describe('the key after adding an account', () => {
  it('is off at first, and the promise is told', async () => {
    const { user, sent } = await openSettings()
    const choice = screen.getByRole<HTMLInputElement>('switch', {
      name: 'Create a key after adding an account',
    })
    expect(choice.checked).toBe(false)
    screen.getByText(/Nothing is changed at a site unless you ask for exactly that\. Switched on/)
    expect(screen.queryByLabelText('Name of the key')).toBeNull()
    await user.click(choice)
    await screen.findByLabelText('Name of the key')
    expect(sent('settings.set')).toEqual([{ edit: { defaultKey: on } }])
  })

  it('has a name, a limit and an end as chosen, each stored once it is left', async () => {
    const { user, sent } = await openSettings({ defaultKey: on })
    const name = await screen.findByLabelText('Name of the key')
    await user.clear(name)
    await user.type(name, ' mine {Enter}')
    await waitFor(() => {
      expect(sent('settings.set')).toEqual([{ edit: { defaultKey: { ...on, name: 'mine' } } }])
    })
    await user.click(screen.getByRole('switch', { name: 'Unlimited quota' }))
    const limit = await screen.findByLabelText('Quota, US dollars')
    await user.clear(limit)
    await user.type(limit, '12,5')
    await user.tab()
    await waitFor(() => {
      expect(sent('settings.set').at(-1)).toEqual({
        edit: { defaultKey: { ...on, name: 'mine', limitUsd: 12.5 } },
      })
    })
    await user.click(screen.getByRole('switch', { name: 'Never expires' }))
    await waitFor(() => {
      expect(sent('settings.set').at(-1)).toEqual({
        edit: { defaultKey: { ...on, name: 'mine', limitUsd: 12.5, days: 30 } },
      })
    })
  })

  it('takes nothing that cannot be', async () => {
    const { user, sent } = await openSettings({ defaultKey: { ...on, limitUsd: 5, days: 7 } })
    const limit = await screen.findByLabelText('Quota, US dollars')
    await user.clear(limit)
    await user.type(limit, '0')
    const days = screen.getByLabelText('Expires after, days')
    await user.clear(days)
    await user.type(days, '1.5')
    const name = screen.getByLabelText('Name of the key')
    await user.clear(name)
    await user.tab()
    screen.getByText('Enter an amount above zero, at most 1,000,000.')
    screen.getByText('Enter whole days from 1 to 3650.')
    screen.getByText('Enter a name.')
    expect(sent('settings.set')).toEqual([])
  })
})
