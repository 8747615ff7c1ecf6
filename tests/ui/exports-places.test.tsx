// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { KeySource } from '@/src/domain/credential'
import type { LedgerEntry } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'

import type { Answers } from './options-harness'
import { eight, openExport, seven } from './support/export-panel'
import { makeCredential } from './support/make-credential'

describe('where a key is', () => {
  const entry = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
    id: `exp_${'1'.repeat(32)}`,
    destination: 'cc-switch',
    options: { app: 'codex' },
    source: seven,
    keyName: 'key 7',
    siteName: 'Relay 1',
    fingerprint: 'print',
    firstAtMs: 1,
    lastAtMs: Date.now() - 120_000,
    ...change,
  })

  it('is listed with its age, marked when it is no use any more, and can be forgotten', async () => {
    const { press, sent } = await openExport([seven], {
      'exports.ledger': () => [
        entry(),
        entry({ id: `exp_${'2'.repeat(32)}`, destination: 'kilo', stale: 'rotated' }),
        entry({ id: `exp_${'3'.repeat(32)}`, source: eight, destination: 'curl' }),
      ],
    })
    expect(await screen.findAllByText(/· Codex$/)).toHaveLength(2)
    screen.getByText('The key there was rotated. Replace it there.')
    expect(screen.queryByRole('button', { name: 'Forget curl' })).toBeNull()
    await press('Forget CC Switch')
    expect(sent('exports.forget')).toEqual([{ ids: [entry().id] }])
  })

  it('is known by the key itself where it is stored in another place', async () => {
    const credential = makeCredential(1, { fingerprint: 'print' })
    const source: KeySource = { kind: 'credential', credentialId: credential.id }
    await openExport([source], {
      'credentials.list': () => [credential],
      'exports.ledger': () => [entry()],
    })
    await screen.findByText('CC Switch', { selector: 'li span' })
    expect(await screen.findByRole('button', { name: 'Forget CC Switch' })).toBeTruthy()
  })
})

describe('a gateway', () => {
  const gateway = {
    id: `gate_${'1'.repeat(32)}`,
    kind: 'cli-proxy-api' as const,
    name: 'My proxy',
    address: 'http://127.0.0.1:8317/v0/management',
    hasSecret: true,
    granted: true,
  }
  const router = { ...gateway, kind: 'claude-code-router' as const, name: 'My router' }
  const open = (sources: readonly KeySource[], given: Answers) =>
    openExport(sources, { 'gateways.list': () => [gateway], ...given })

  it('gets the chosen models under their other names, and says what it did', async () => {
    const { user, press, request, sent } = await open([seven], {
      'gateways.send': () => ({
        outcomes: [{ source: seven, result: 'created', providerName: 'Relay 1' }],
      }),
    })
    await press(/^My proxy/)
    await press('Fetch the key’s models')
    await screen.findByText('2 models')
    await press('Choose all shown')
    await user.type(screen.getByLabelText('Other name of gpt-5.2'), 'fast')
    expect(sent('gateways.send')).toEqual([])
    await press('Send key')
    expect(request).toHaveBeenCalledWith({ origins: ['http://127.0.0.1/*'] })
    await screen.findByText('Created · Relay 1')
    expect(sent('gateways.send')).toEqual([
      {
        id: gateway.id,
        sources: [seven],
        apiType: 'openai-compatible',
        providerName: '',
        models: [
          { name: 'gpt-5.2', alias: 'fast' },
          { name: 'claude-sonnet-4-5', alias: '' },
        ],
        replaceModels: false,
        setDefault: false,
        restart: false,
      },
    ])
    expect(sent('exports.material')).toEqual([])
  })

  it('is not reached when the browser is not to give access', async () => {
    const { press, request, sent } = await open([seven], {})
    request.mockResolvedValue(false)
    await press(/^My proxy/)
    await press('Send key')
    await screen.findByText('Nothing was sent. Send again to be asked again.')
    expect(sent('gateways.send')).toEqual([])
  })

  it('tells for each key what came of it and what to do', async () => {
    const { press } = await open([seven, eight], {
      'gateways.send': () => ({
        outcomes: [
          { source: seven, result: 'conflict', providerName: 'Relay 1' },
          {
            source: eight,
            failure: { class: 'login', reason: 'gateway-key-wrong', detail: 'invalid <b>key</b>' },
          },
        ],
      }),
    })
    await press(/^My proxy/)
    await press('Send 2 keys')
    await screen.findByText(/someone else changed the gateway at the same time/)
    screen.getByText(/My proxy does not accept the management key\./)
    screen.getByText(/After five failures CLIProxyAPI locks your address for 30 minutes/)
    screen.getByText('The server says: invalid <b>key</b>')
  })

  it('that is a router is warned about before, and restarted where wished', async () => {
    const { user, press, sent } = await open([seven], {
      'gateways.list': () => [router],
      'gateways.send': () => ({
        outcomes: [{ source: seven, result: 'already-there' }],
        restarted: false,
      }),
    })
    await press(/^My router/)
    screen.getByText('References to environment variables become plain text')
    await user.click(screen.getByRole('checkbox', { name: /default route/ }))
    await press('Send key')
    await screen.findByText('Already there')
    screen.getByText(/It has not come back after the restart/)
    expect(sent('gateways.send')).toMatchObject([{ setDefault: true, restart: true }])
  })

  it('that cannot be used at all says so once', async () => {
    const { press } = await open([seven], {
      'gateways.send': () => raise({ class: 'unsupported', reason: 'gateway-disabled' }),
    })
    await press(/^My proxy/)
    await press('Send key')
    await screen.findByText('The management interface of My proxy is off.')
  })
})
