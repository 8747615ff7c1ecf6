import { beforeEach, describe, expect, test } from 'vitest'

import { newId } from '@/src/domain/ids'
import type { KeyChanges } from '@/src/services/keys/changes'
import { staleAfter } from '@/src/services/exports/stale-after'

import { freshDisk } from '../../support/world'
import { anAccount, startExports } from './world'

beforeEach(freshDisk)

const PLACE = { destination: 'cherry-studio', options: { app: 'claude', apiType: 'anthropic' } }

async function start() {
  const account = anAccount()
  const scene = await startExports()
  const sources = await scene.addKeys(account, ['1', '2'])
  const { records } = await scene.material.recordsOf(sources)
  return { ...scene, account, records, clock: scene.world.clock }
}

describe('the ledger', () => {
  test('has one entry for the same key, place and options; its time moves', async () => {
    const { ledger, records, clock, announced } = await start()
    const firstAtMs = clock.nowMs
    await ledger.note(records, PLACE)
    clock.nowMs += 1000
    const turned = { apiType: 'anthropic', app: 'claude' }
    await ledger.note([records[0]!], { ...PLACE, options: turned })
    const entries = await ledger.list()
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      fingerprint: records[0]?.fingerprint,
      keyName: 'key 1',
      siteName: 'Example',
      firstAtMs,
      lastAtMs: firstAtMs + 1000,
    })
    expect(announced).toEqual(['exports', 'exports'])
  })

  test('keeps other options, places and gateways apart', async () => {
    const { ledger, records } = await start()
    const [record] = records
    await ledger.note([record!], PLACE)
    await ledger.note([record!], { ...PLACE, options: { app: 'codex' } })
    await ledger.note([record!], { ...PLACE, destination: 'kilo' })
    await ledger.note([record!], { ...PLACE, gatewayId: newId('gate') })
    expect(await ledger.list()).toHaveLength(4)
  })

  test('never holds a key, not even in an option', async () => {
    const { ledger, records } = await start()
    const [record] = records
    await ledger.note([record!], { ...PLACE, options: { link: `x://${record!.key}?a` } })
    expect(JSON.stringify(await ledger.list())).not.toContain(record!.key)
  })

  test('marks what was exported of a key, by key or by fingerprint, until it is exported again', async () => {
    const { ledger, records, account } = await start()
    await ledger.note(records, PLACE)
    await ledger.markStale([{ accountId: account.id, keyId: '1' }], 'deleted')
    await ledger.markStale([{ fingerprint: records[1]!.fingerprint }], 'rotated')
    const stale = async () =>
      Object.fromEntries((await ledger.list()).map(({ keyName, stale }) => [keyName, stale]))
    expect(await stale()).toEqual({ 'key 1': 'deleted', 'key 2': 'rotated' })
    await ledger.note([records[0]!], PLACE)
    await ledger.markStale([{ fingerprint: records[1]!.fingerprint }], null)
    expect(await stale()).toEqual({ 'key 1': undefined, 'key 2': undefined })
  })

  test('sees in a complete and later list that a key is gone, and in no other', async () => {
    const { ledger, records, account, putList, clock } = await start()
    await ledger.note(records, PLACE)
    const gone = async () =>
      (await ledger.list()).filter(({ stale }) => stale).map(({ keyName }) => keyName)
    await putList(account.id, ['1'], { atMs: clock.nowMs - 1 })
    expect(await gone()).toEqual([])
    await putList(account.id, ['1'], { atMs: clock.nowMs + 1, complete: false })
    expect(await gone()).toEqual([])
    await putList(account.id, ['1'], { atMs: clock.nowMs + 1 })
    expect(await gone()).toEqual(['key 2'])
  })

  test('follows what is done to keys, where it worked', async () => {
    const { ledger, records, account } = await start()
    await ledger.note(records, PLACE)
    const outcome = (keyId: string) => ({ accountId: account.id, keyId })
    const failure = { class: 'refused' } as const
    const answer = () => Promise.resolve([outcome('1'), { ...outcome('2'), failure }])
    const keys = staleAfter<Pick<KeyChanges, 'remove' | 'setEnabled'>>(
      { remove: answer, setEnabled: answer },
      ledger,
    )
    const stale = async () =>
      (await ledger.list()).map(({ keyName, stale }) => `${keyName} ${stale}`)
    await keys.setEnabled([], false)
    expect((await stale()).sort()).toEqual(['key 1 disabled', 'key 2 undefined'])
    await keys.setEnabled([], true)
    expect((await stale()).sort()).toEqual(['key 1 undefined', 'key 2 undefined'])
    expect(await keys.remove([])).toEqual(await answer())
    expect((await stale()).sort()).toEqual(['key 1 deleted', 'key 2 undefined'])
  })

  test('forgets what it is told to', async () => {
    const { ledger, records } = await start()
    await ledger.note(records, PLACE)
    const [first] = await ledger.list()
    await ledger.forget([first!.id])
    expect((await ledger.list()).map(({ id }) => id)).not.toContain(first!.id)
    expect(await ledger.list()).toHaveLength(1)
  })
})
