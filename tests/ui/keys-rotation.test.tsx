// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'

import type { Rotation } from '@/src/domain/chore'

import { openPage, press } from './options-harness'
import { makeKey, makeList, withKeys } from './support/make-key'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const lists = [makeList(nova, [makeKey(nova.id, 1, { name: 'laptop' }), makeKey(nova.id, 2)])]
const ID = `job_${'0'.repeat(32)}` as const
const GATE = `gate_${'1'.repeat(32)}`

const rotation = (change: Partial<Rotation> = {}): Rotation => ({
  id: ID,
  kind: 'rotation',
  old: { accountId: nova.id, keyId: '1' },
  oldName: 'laptop',
  draft: {
    name: 'laptop 2026-11-26',
    remaining: null,
    expiresAtMs: null,
    modelLimits: [],
    ipLimits: [],
    group: '',
  },
  step: 'verify',
  state: 'running',
  startedAtMs: 1,
  destinations: [],
  ...change,
})

const exported = (index: number, destination: string, gatewayId?: string) => ({
  id: `exp_${String(index).repeat(32)}`,
  destination,
  ...(gatewayId === undefined ? {} : { gatewayId }),
  options: {},
  source: { kind: 'key' as const, accountId: nova.id, keyId: '1' },
  keyName: 'laptop',
  siteName: 'Nova',
  fingerprint: 'f',
  firstAtMs: 1,
  lastAtMs: 1,
})

const openRotate = (given: Parameters<typeof withKeys>[2] = {}) =>
  openPage(`#/keys/rotate/${nova.id}/1`, withKeys([nova], lists, given))

const openAs = (change: Partial<Rotation>, given: Parameters<typeof withKeys>[2] = {}) =>
  openRotate({ 'rotation.list': () => [rotation(change)], ...given })

const panel = async () => within(await screen.findByRole('complementary'))

it('says what it will do, updates the chosen gateways and names what is left to the person', async () => {
  let started = false
  const page = await openRotate({
    'exports.ledger': () => [
      exported(1, 'cli-proxy-api', GATE),
      exported(2, 'cli-proxy-api', `gate_${'2'.repeat(32)}`),
      exported(3, 'claude-code'),
    ],
    'gateways.list': () =>
      ['1', '2'].map((digit) => ({
        id: `gate_${digit.repeat(32)}`,
        kind: 'cli-proxy-api',
        name: `Home ${digit}`,
        address: 'http://127.0.0.1:8317',
        hasSecret: true,
        granted: true,
      })),
    'rotation.list': () => (started ? [rotation()] : []),
    'rotation.start': () => {
      started = true
      return { id: ID }
    },
  })
  const shown = await panel()
  await shown.findByText('Claude Code')
  await page.user.click(shown.getByRole('checkbox', { name: 'Home 2' }))
  await press(page, 'Start rotation')
  await screen.findByText('Working. You may close this panel.')
  expect(page.sent('rotation.start')).toEqual([
    {
      key: { accountId: nova.id, keyId: '1' },
      exportIds: [exported(1, '').id, exported(3, '').id],
    },
  ])
})

it('shows each step, and lists it on the page', async () => {
  await openAs({})
  const shown = await panel()
  const steps = (await shown.findAllByRole('listitem')).map(({ textContent }) => textContent)
  expect(steps).toEqual([
    'DoneCreate the new key',
    'DoneGet its full text',
    'RunningCheck that it works',
    'Not yetUpdate the places',
    'Not yetDisable the old key',
    'Not yetDelete the old key',
  ])
  screen.getByText('laptop is being rotated: Check that it works')
})

it('tells why it stopped; it goes on or is taken back', async () => {
  const page = await openAs(
    { step: 'disable', state: 'failed', failure: { class: 'refused', reason: 'rotation-new-off' } },
    { 'rotation.continue': () => ({}), 'rotation.rollback': () => ({}) },
  )
  await screen.findByText(/The new key is not there or not enabled any more/)
  await press(page, 'Continue')
  await press(page, 'Take back')
  expect(page.sent('rotation.continue')).toEqual([{ id: ID }])
  expect(page.sent('rotation.rollback')).toEqual([{ id: ID }])
})

it('leaves places that cannot be reached to the person', async () => {
  const page = await openAs(
    {
      step: 'send',
      state: 'failed',
      failure: { class: 'network', reason: 'unreachable' },
      destinations: [
        { exportId: 'e', label: 'Home', gatewayId: GATE, options: {}, state: 'failed' },
      ],
    },
    { 'rotation.continue': () => ({}) },
  )
  await press(page, 'Continue without these places')
  expect(page.sent('rotation.continue')).toEqual([{ id: ID, leaveFailed: true }])
})

it('waits for the person before it disables what only they can update', async () => {
  const page = await openAs(
    {
      step: 'disable',
      state: 'needs-you',
      destinations: [{ exportId: 'e', label: 'claude-code', state: 'by-hand' }],
    },
    { 'rotation.continue': () => ({}) },
  )
  await screen.findByText('Update it yourself')
  await press(page, 'Disable the old key')
  expect(page.sent('rotation.continue')).toEqual([{ id: ID }])
})

it('deletes the old key only after it was asked for and confirmed', async () => {
  const page = await openAs(
    { step: 'delete', state: 'needs-you', newKeyId: '2' },
    { 'rotation.finish': () => ({}) },
  )
  await press(page, 'Delete the old key')
  expect(page.sent('rotation.finish')).toEqual([])
  const dialog = within(await screen.findByRole('dialog'))
  await page.user.click(dialog.getByRole('button', { name: 'Delete the old key' }))
  await waitFor(() => {
    expect(page.sent('rotation.finish')).toEqual([{ id: ID }])
  })
})

it('asks before a key is created again whose fate is not known', async () => {
  const page = await openAs(
    {
      step: 'create',
      state: 'needs-you',
      failure: { class: 'interrupted', reason: 'rotation-uncertain' },
    },
    { 'rotation.continue': () => ({}) },
  )
  await screen.findByText(/did not say whether it created the key/)
  await press(page, 'Create again')
  expect(page.sent('rotation.continue')).toEqual([{ id: ID }])
})

it('takes the code of a second factor where the site wants one', async () => {
  await openAs({ step: 'reveal', state: 'failed', failure: { class: 'proof' } })
  const shown = await panel()
  await shown.findByRole('textbox', { name: 'Current code' })
})

it('is put away once it is over, also when the old key is gone', async () => {
  const over = rotation({ step: 'done', state: 'done', newKeyId: '2' })
  const page = await openPage(
    `#/keys/rotate/${nova.id}/1`,
    withKeys([nova], [makeList(nova, [makeKey(nova.id, 2)])], {
      'rotation.list': () => [over],
      'rotation.dismiss': () => ({}),
    }),
  )
  await screen.findByText('Done. The new key has taken the place of the old one.')
  await press(page, 'Dismiss')
  expect(page.sent('rotation.dismiss')).toEqual([{ id: ID }])
})
