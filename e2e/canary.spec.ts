import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@playwright/test'

import { RedeemPage } from './pages/redeem-page'
import { scanProfile } from './profile-scan/scan'
import { startFarm } from './relays/farm'
import { createNewApiRelay } from './relays/new-api/relay'
import { refreshAll } from './support/accounts'
import { type ExtensionBrowser, launchExtension } from './support/browser'
import { masked } from './support/codes'

/** Recognisable values, one for each kind of thing a profile could give away. */
const ADDRESS = 'canary-host-5c1e7a.test'
const TOKEN = 'canaryTokenQ7vR2mX9pL4kW8nZ1tB6yD3f'
const NAME = 'Canary Account 83f1'
const USERNAME = 'canary-user-d94b'
const NOTES = 'canary notes: the spare key hangs in the shed'
const BALANCE = 918_273_645_546_372
const CHANNEL_TOKEN = 'canaryChannelW3nT8kP5vX1qL7zR4'
const CHANNEL_TOPIC = 'canary-topic-6b1f90'
const WAITING_CODE = 'c0dec0de11223344a5b6c7d8e9f00123'
const OFFERED_CODE = 'c0dec0de55667788b9cad1e2f3041526'
const CANARIES = Object.entries({
  ADDRESS,
  TOKEN,
  NAME,
  USERNAME,
  NOTES,
  BALANCE,
  CHANNEL_TOKEN,
  CHANNEL_TOPIC,
  WAITING_CODE,
  OFFERED_CODE,
}).map(([name, value]) => ({ name, value: String(value) }))

/** Leaves a code that waits for the limit of its site, and one that waits for the user's word. */
async function leaveCodes(extension: ExtensionBrowser): Promise<void> {
  const redeem = await RedeemPage.open(extension)
  await redeem.redeemAt(NAME, WAITING_CODE)
  await expect(redeem.batches.getByText(/^Waits until/)).toBeVisible()
  await expect(redeem.line(WAITING_CODE)).toBeVisible()
  await redeem.find(`A present: ${OFFERED_CODE}`)
  await expect(redeem.offered(OFFERED_CODE)).toBeVisible()
  expect(await redeem.page.content()).toContain(masked(OFFERED_CODE))
}

test('nothing stored can be read in the browser profile', async () => {
  const profileDir = await mkdtemp(path.join(tmpdir(), 'relaydeck-canary-'))
  const farm = await startFarm()
  try {
    const relay = createNewApiRelay({
      generation: 'g1b',
      systemName: 'Relay',
      users: [{ id: 4242, username: USERNAME, password: 'x', quota: BALANCE, accessToken: TOKEN }],
    })
    relay.faults.set({ path: '/api/user/topup' }, { kind: 'rate-limit', retryAfterSec: 3600 })
    farm.add(ADDRESS, relay)
    const extension = await launchExtension({ profileDir })
    const options = await extension.openOptions()
    const added = await extension.send(options, 'accounts.add', {
      account: {
        origin: farm.origin(ADDRESS),
        siteType: 'new-api',
        userId: '4242',
        username: USERNAME,
        auth: { mode: 'token', accessToken: TOKEN },
        name: NAME,
        exchangeRate: 7.2,
      },
      refreshNow: false,
    })
    expect(added.ok).toBe(true)
    const id = added.ok ? added.value.id : ''
    await extension.send(options, 'accounts.edit', { id, edit: { notes: NOTES } })
    expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 1 })
    // The pages must show it, or the scan would be looking for what was never there.
    await options.reload()
    await expect(options.getByText(NAME).first()).toBeVisible()
    await expect(options.getByText(/1,836,547,291/).first()).toBeVisible()
    const popup = await extension.openPopup()
    await expect(popup.getByText(NAME).first()).toBeVisible()
    const channel = {
      kind: 'ntfy',
      address: `${farm.origin(ADDRESS)}/${CHANNEL_TOPIC}`,
      token: CHANNEL_TOKEN,
    } as const
    const saved = { kind: channel.kind, enabled: true, config: channel }
    expect(await extension.send(options, 'notices.save', saved)).toMatchObject({ ok: true })
    expect(await extension.send(options, 'notices.channels', {})).toMatchObject({
      value: [{ kind: 'ntfy', enabled: true }],
    })
    await leaveCodes(extension)
    await extension.close()

    expect((await readdir(profileDir)).length).toBeGreaterThan(3)
    const hits = await scanProfile(profileDir, CANARIES)
    expect(hits).toEqual([])
  } finally {
    await farm.close()
    await rm(profileDir, { recursive: true, force: true })
  }
})

test('the scan finds what is stored in clear', async () => {
  const profileDir = await mkdtemp(path.join(tmpdir(), 'relaydeck-canary-'))
  try {
    const extension = await launchExtension({ profileDir })
    const options = await extension.openOptions()
    await options.evaluate(
      async (value) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('clear', 1)
          opening.onupgradeneeded = () => opening.result.createObjectStore('clear')
          opening.onsuccess = () => {
            const tx = opening.result.transaction('clear', 'readwrite')
            tx.objectStore('clear').put({ value }, 1)
            tx.oncomplete = () => {
              resolve()
            }
          }
          opening.onerror = () => {
            reject(new Error('no database'))
          }
        }),
      TOKEN,
    )
    await extension.close()
    const hits = await scanProfile(profileDir, [{ name: 'token', value: TOKEN }])
    expect(hits.length).toBeGreaterThan(0)
  } finally {
    await rm(profileDir, { recursive: true, force: true })
  }
})

test('a record put in the place of another does not open, is reported, and harms nothing else', async () => {
  const farm = await startFarm()
  const extension = await launchExtension()
  try {
    const options = await extension.openOptions()
    const ids: string[] = []
    for (const user of ['1', '2', '3']) {
      const added = await extension.send(options, 'accounts.add', {
        account: {
          origin: 'https://relay.test',
          siteType: 'new-api',
          userId: user,
          username: '',
          auth: { mode: 'token', accessToken: `token-of-user-${user}` },
          name: `Account ${user}`,
          exchangeRate: 7.2,
        },
        refreshNow: false,
      })
      if (added.ok) ids.push(added.value.id)
    }
    await options.evaluate(
      async ([from, to]) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('relaydeck')
          opening.onsuccess = () => {
            const tx = opening.result.transaction(['accounts', 'derived'], 'readwrite')
            const accounts = tx.objectStore('accounts')
            const reading = accounts.get(from!)
            reading.onsuccess = () => {
              accounts.put({ ...(reading.result as object), id: to })
              tx.objectStore('derived').clear()
            }
            tx.oncomplete = () => {
              opening.result.close()
              resolve()
            }
            tx.onerror = () => {
              reject(new Error('not moved'))
            }
          }
        }),
      [ids[0], ids[1]],
    )
    await extension.stopWorker()
    const glance = await extension.send(options, 'accounts.glance', {})
    expect(glance).toMatchObject({
      ok: true,
      value: { damaged: [{ store: 'accounts', id: ids[1], reason: 'tampered' }] },
    })
    expect(glance.ok && glance.value.rows.map((row) => row.name).sort()).toEqual([
      'Account 1',
      'Account 3',
    ])
    await options.reload()
    await expect(options.getByText('Account 3')).toBeVisible()
    await expect(options.getByRole('button', { name: /unreadable/i })).toBeVisible()
  } finally {
    await extension.close()
    await farm.close()
  }
})
