// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { Repair } from '@/src/domain/chore'
import { raise } from '@/src/domain/failure'

import { openPage, press } from './options-harness'
import { makeKey, makeList, withKeys } from './support/make-key'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const luna = makeRow(2, { name: 'Luna' })

const repair = (change: Partial<Repair> = {}): Repair => ({
  id: `job_${'0'.repeat(32)}`,
  kind: 'repair',
  state: 'running',
  startedAtMs: Date.now(),
  accounts: [
    { accountId: nova.id, state: 'waiting' },
    { accountId: luna.id, state: 'waiting' },
  ],
  keys: [
    { accountId: nova.id, keyId: '1', name: 'laptop', state: 'completed' },
    { accountId: nova.id, keyId: '2', name: 'server', state: 'waiting' },
    { accountId: nova.id, keyId: '4', name: 'old', state: 'lost' },
    { accountId: luna.id, keyId: '3', name: 'phone', state: 'needs-proof' },
  ],
  ...change,
})

const lists = [
  makeList(nova, [makeKey(nova.id, 1), makeKey(nova.id, 2)]),
  makeList(luna, [makeKey(luna.id, 3)]),
]

const openRepair = (given: Parameters<typeof withKeys>[2] = {}) =>
  openPage(
    '#/keys/repair',
    withKeys([nova, luna], lists, { 'repair.state': () => repair(), ...given }),
  )

async function at(account: string) {
  return within(await screen.findByRole('region', { name: account }))
}

describe('repairing missing keys', () => {
  it('tells what it would be about, then starts', async () => {
    let started = false
    const page = await openRepair({
      'repair.state': () => (started ? repair() : null),
      'repair.start': () => {
        started = true
        return {}
      },
    })
    await screen.findByText('3 keys are known only in part.')
    await press(page, 'Start repair')
    await screen.findByText('3 of 4 keys done')
    expect(page.sent('repair.start')).toEqual([{}])
  })

  it('shows how far each account is, and what only a new key can solve', async () => {
    await openRepair()
    const there = await at('Nova')
    there.getByText('2 of 3')
    there.getByText('server')
    expect(
      there.getByRole('link', { name: 'Create a replacement for old' }).getAttribute('href'),
    ).toBe(`#/keys/duplicate/${nova.id}/4`)
  })

  it('is paused, resumed and cancelled', async () => {
    let state: Repair['state'] = 'running'
    const page = await openRepair({
      'repair.state': () => repair({ state }),
      'repair.pause': () => {
        state = 'paused'
        return {}
      },
      'repair.resume': () => {
        state = 'running'
        return {}
      },
      'repair.cancel': () => {
        state = 'cancelled'
        return {}
      },
    })
    await press(page, 'Pause')
    await screen.findByText('Paused, 3 of 4 keys done')
    await press(page, 'Resume')
    await press(page, 'Cancel repair')
    await screen.findByText('Cancelled, 3 of 4 keys done')
    await screen.findByRole('button', { name: 'Repair again' })
  })

  it('says until when it waits for a site’s limit', async () => {
    await openRepair({
      'repair.state': () => repair({ state: 'waiting', resumeAtMs: Date.UTC(2026, 0, 2) }),
    })
    await screen.findByText(/^Waiting for a site’s limit/)
    screen.getByText(/^Goes on by itself at Jan \d, 2026/)
  })

  it('takes a code for a site that wants a second factor', async () => {
    const page = await openRepair({ 'keys.prove': () => ({}) })
    const there = await at('Luna')
    await page.user.click(there.getByRole('button', { name: 'Confirm' }))
    there.getByText('A code has 4 to 16 characters.')
    await page.user.type(there.getByRole('textbox', { name: 'Current code' }), '123 456')
    await page.user.click(there.getByRole('button', { name: 'Confirm' }))
    await waitFor(() => {
      expect(page.sent('keys.prove')).toEqual([{ accountId: luna.id, code: '123456' }])
    })
  })

  it('says when a code was not accepted', async () => {
    const page = await openRepair({
      'keys.prove': () => raise({ class: 'proof', reason: 'totp-invalid-code' }),
    })
    const there = await at('Luna')
    await page.user.type(there.getByRole('textbox', { name: 'Current code' }), '123456')
    await page.user.click(there.getByRole('button', { name: 'Confirm' }))
    await there.findByText('relay2.example does not accept this code.')
  })

  it('keeps the secret that makes codes, uses it, and forgets it', async () => {
    let stored: string[] = []
    const page = await openRepair({
      'keys.totpAccounts': () => ({ accountIds: stored }),
      'keys.prove': () => ({}),
      'keys.saveTotp': ({ accountId, secret }) => {
        stored = secret === null ? [] : [accountId]
        return {}
      },
    })
    const there = await at('Luna')
    await page.user.type(
      there.getByLabelText('Secret of the second factor', { selector: 'input' }),
      'JBSWY3DPEHPK3PXP',
    )
    await page.user.click(there.getByRole('button', { name: 'Store it', hidden: true }))
    await page.user.click(await there.findByRole('button', { name: 'Use stored secret' }))
    expect(page.sent('keys.prove')).toEqual([{ accountId: luna.id }])
    await page.user.click(there.getByRole('button', { name: 'Forget it' }))
    await waitFor(() => {
      expect(there.queryByRole('button', { name: 'Use stored secret' })).toBeNull()
    })
    expect(page.sent('keys.saveTotp')).toEqual([
      { accountId: luna.id, secret: 'JBSWY3DPEHPK3PXP' },
      { accountId: luna.id, secret: null },
    ])
  })
})
