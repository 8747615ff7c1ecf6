// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'

import { complete } from '@/src/domain/metric'

import { openPage } from './options-harness'
import { makeKey, makeList, withKeys } from './support/make-key'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova' })
const luna = makeRow(2, { name: 'Luna' })
const DAY_MS = 86_400_000

const fine = (accountId: string, index: number, given: Parameters<typeof makeKey>[2] = {}) =>
  makeKey(accountId, index, {
    remaining: complete(5),
    expiresAtMs: Date.now() + 90 * DAY_MS,
    ipLimits: ['10.0.0.1'],
    lastUsedAtMs: Date.now(),
    ...given,
  })

const lists = [
  makeList(nova, [
    fine(nova.id, 1, { name: 'laptop', remaining: null }),
    fine(nova.id, 2, { name: 'old', lastUsedAtMs: Date.now() - 60 * DAY_MS }),
    fine(nova.id, 3, { name: 'older', lastUsedAtMs: Date.now() - 90 * DAY_MS }),
  ]),
  makeList(luna, [
    fine(luna.id, 4, { name: 'ended', expiresAtMs: Date.now() - DAY_MS, status: 'expired' }),
  ]),
]

const openAudit = (given: Parameters<typeof withKeys>[2] = {}, shown = lists) =>
  openPage('#/keys/audit', withKeys([nova, luna], shown, given))

const at = async (finding: string) => within(await screen.findByRole('region', { name: finding }))

it('groups keys by what is found, each with what mends it', async () => {
  await openAudit()
  const unlimited = await at('No spending limit')
  unlimited.getByText('1 key')
  const link = unlimited.getByRole('link', { name: 'Set a limit: laptop' })
  expect(link.getAttribute('href')).toBe(`#/keys/edit/${nova.id}/1`)
  const unused = await at('Not used')
  unused.getByText('2 keys')
})

it('mends many at once where that is safe', async () => {
  const page = await openAudit({
    'keys.setEnabled': ({ keys }) => ({ outcomes: keys.map((key) => ({ ...key })) }),
  })
  const unused = await at('Not used')
  await page.user.click(unused.getByRole('button', { name: 'Disable all 2' }))
  await waitFor(() => {
    expect(page.sent('keys.setEnabled')).toEqual([
      {
        keys: [
          { accountId: nova.id, keyId: '2' },
          { accountId: nova.id, keyId: '3' },
        ],
        enabled: false,
      },
    ])
  })
})

it('asks before it deletes', async () => {
  const page = await openAudit({
    'keys.remove': ({ keys }) => ({ outcomes: keys.map((key) => ({ ...key })) }),
  })
  const expired = await at('Expired')
  await page.user.click(expired.getByRole('button', { name: 'Delete: ended' }))
  expect(page.sent('keys.remove')).toEqual([])
  const dialog = within(await screen.findByRole('dialog'))
  await page.user.click(dialog.getByRole('button', { name: 'Delete' }))
  await waitFor(() => {
    expect(page.sent('keys.remove')).toEqual([{ keys: [{ accountId: luna.id, keyId: '4' }] }])
  })
})

it('forgets the note of an export that was replaced', async () => {
  const id = `exp_${'0'.repeat(32)}`
  const page = await openAudit({
    'exports.ledger': () => [
      {
        id,
        destination: 'codex',
        options: {},
        source: { kind: 'key', accountId: nova.id, keyId: '77' },
        keyName: 'gone',
        siteName: 'Nova',
        fingerprint: 'f',
        firstAtMs: 1,
        lastAtMs: 1,
        stale: 'deleted',
      },
    ],
    'exports.forget': () => ({}),
  })
  const stale = await at('Outdated where it was exported')
  stale.getByText('Nova · Codex · deleted')
  await page.user.click(stale.getByRole('button', { name: 'Forget: gone' }))
  await waitFor(() => {
    expect(page.sent('exports.forget')).toEqual([{ ids: [id] }])
  })
})

it('says when there is nothing to mend', async () => {
  await openAudit({}, [makeList(nova, [fine(nova.id, 1)])])
  await screen.findByText('Nothing to mend')
})
