// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'

import { openPage } from './options-harness'

const group = 'Open a site for its protection check in'

async function choiceOf(name: string): Promise<HTMLInputElement> {
  await screen.findByRole('group', { name: group })
  return screen.getByRole<HTMLInputElement>('radio', { name })
}

describe('where a site is opened for its check', () => {
  it('is a tab at first, and stored at once when chosen otherwise', async () => {
    const { user, sent } = await openPage('#/settings', {
      'settings.set': () => ({ ...DEFAULT_SETTINGS, helpIn: 'window' }),
    })
    expect((await choiceOf('A tab')).checked).toBe(true)
    await user.click(await choiceOf('A small window'))
    expect((await choiceOf('A small window')).checked).toBe(true)
    await screen.findByText('Saved')
    expect(sent('settings.set')).toEqual([{ edit: { helpIn: 'window' } }])
  })

  it('goes back to what is stored when the choice is not', async () => {
    const { user } = await openPage('#/settings', {
      'settings.set': () => raise({ class: 'storage' }),
    })
    await user.click(await choiceOf('A small window'))
    await screen.findByText('Stored data not readable')
    expect((await choiceOf('A tab')).checked).toBe(true)
  })
})

it('the settings lead to the list of sites', async () => {
  const { user } = await openPage('#/settings', { 'sites.access': () => [] })
  const main = screen.getByRole('main')
  const links = await screen.findAllByRole('link', { name: 'Site access' })
  await user.click(links.find((link) => main.contains(link))!)
  await screen.findByRole('heading', { level: 1, name: 'Site access' })
})
