import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'

import { createCliProxyApi } from '../../../e2e/gateways/cli-proxy-api/server'
import { failureFrom, makeWish, serve } from '../../gateways/support'
import { freshDisk } from '../../support/world'
import { anAccount, makeCredential, startExports } from './world'

beforeEach(freshDisk)

describe('the record of a key', () => {
  test('holds what the account, its list and its family know', async () => {
    const { addKeys, material } = await startExports()
    const [source] = await addKeys(anAccount(), ['31'])
    const record = await material.recordOf(source!)
    expect(record).toEqual({
      source,
      stableId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      siteName: 'Example',
      keyName: 'key 31',
      baseUrl: 'https://relay.example.com',
      endpoints: { chat: '', responses: '', anthropic: '', google: '' },
      apiType: 'openai-compatible',
      key: 'sk-secret-of-31',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      modelHint: ['m'],
      notes: '',
    })
  })

  test('has an id that outlives the key and differs between keys', async () => {
    const { addKeys, material, secrets } = await startExports()
    const [a, b] = await addKeys(anAccount(), ['31', '32'])
    const before = await material.recordOf(a!)
    secrets.set('31', 'sk-another')
    const after = await material.recordOf(a!)
    expect(after.stableId).toBe(before.stableId)
    expect(after.fingerprint).not.toBe(before.fingerprint)
    expect((await material.recordOf(b!)).stableId).not.toBe(before.stableId)
  })

  test('of a credential has its own API type and every protocol', async () => {
    const { material, world } = await startExports()
    const credential = makeCredential()
    await world.vault.write([{ store: 'credentials', put: credential }])
    const source = { kind: 'credential', credentialId: credential.id } as const
    expect(await material.recordOf(source)).toMatchObject({
      siteName: 'Spare',
      keyName: '',
      baseUrl: 'https://spare.example.com',
      apiType: 'anthropic',
      endpoints: { chat: '', responses: '', anthropic: '', google: '' },
      key: 'sk-SPARE',
      notes: 'for the laptop',
    })
    const gone = { kind: 'credential', credentialId: `cred_${'0'.repeat(32)}` } as const
    expect(await failureFrom(material.recordOf(gone))).toMatchObject({ class: 'not-found' })
  })

  test('that cannot be had keeps no other back', async () => {
    const { addKeys, material, secrets } = await startExports()
    const sources = await addKeys(anAccount(), ['1', '2', '3'])
    secrets.set('2', 'sk-ab****yz')
    const { records, failures } = await material.recordsOf(sources)
    expect(records.map(({ source }) => source)).toEqual([sources[0], sources[2]])
    expect(failures).toEqual([
      { source: sources[1], failure: { class: 'input', field: 'key', reason: 'masked' } },
    ])
  })
})

const masked = fc
  .tuple(fc.string(), fc.constantFrom('*', '****', '•', '•••', '…', '...'), fc.string())
  .map((parts) => parts.join(''))

describe('a masked text', () => {
  test('is never in a record', async () => {
    const { addKeys, material, secrets, world } = await startExports()
    const [source] = await addKeys(anAccount(), ['31'])
    await fc.assert(
      fc.asyncProperty(masked, async (text) => {
        secrets.set('31', text)
        const credential = makeCredential({ apiKey: text })
        await world.vault.write([{ store: 'credentials', put: credential }])
        const { records, failures } = await material.recordsOf([
          source!,
          { kind: 'credential', credentialId: credential.id },
        ])
        expect(records).toEqual([])
        expect(failures.map(({ failure }) => failure.reason)).toEqual(['masked', 'masked'])
      }),
      { numRuns: 60 },
    )
  })

  test('is never sent to a gateway', async () => {
    const { gateway, origin } = await serve(createCliProxyApi())
    const { addKeys, gateways, sender, secrets, ledger } = await startExports()
    const sources = await addKeys(anAccount(), ['31'])
    const form = { kind: 'cli-proxy-api', name: '', address: origin } as const
    const id = await gateways.save({ ...form, secret: 'management-secret' })
    const order = { id, sources, ...makeWish(), restart: false }
    await fc.assert(
      fc.asyncProperty(masked, async (text) => {
        secrets.set('31', text)
        const { outcomes } = await sender.send(order)
        expect(outcomes).toMatchObject([{ failure: { class: 'input', reason: 'masked' } }])
      }),
      { numRuns: 60 },
    )
    expect(gateway.requests).toEqual([])
    expect(await ledger.list()).toEqual([])
  })
})
