// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { GatewayView } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'
import { GatewaysSection } from '@/src/ui/features/settings/gateways-section'

import { type Answers, openPart } from './options-harness'

const gateway: GatewayView = {
  id: `gate_${'1'.repeat(32)}`,
  kind: 'cli-proxy-api',
  name: 'My proxy',
  address: 'http://127.0.0.1:8317/v0/management',
  hasSecret: true,
  granted: true,
}

async function openGateways(gateways: GatewayView[], given: Answers = {}) {
  const page = await openPart(<GatewaysSection />, {
    'gateways.list': () => gateways,
    'gateways.save': () => ({ id: gateway.id }),
    'gateways.remove': () => ({}),
    'gateways.test': () => ({ version: '7.2.140', generation: 'v7' }),
    ...given,
  })
  const press = async (name: string) => {
    await page.user.click(await screen.findByRole('button', { name }))
  }
  return { ...page, press }
}

const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label)

describe('adding a gateway', () => {
  it('asks for access to its address and saves what was typed', async () => {
    const { user, press, request, sent } = await openGateways([])
    await press('Add gateway')
    await user.type(field(/^Address/), 'localhost:8317')
    await user.type(field(/^Management key/), 'letmein')
    expect(request).not.toHaveBeenCalled()
    await press('Save')
    expect(request).toHaveBeenCalledWith({ origins: ['http://localhost/*'] })
    await waitFor(() => {
      expect(sent('gateways.save')).toEqual([
        { kind: 'cli-proxy-api', name: '', address: 'localhost:8317', secret: 'letmein' },
      ])
    })
    await waitFor(() => {
      expect(screen.queryByRole('complementary')).toBeNull()
    })
    expect(sent('gateways.test')).toEqual([])
  })

  it.each([
    ['', 'Enter its address.'],
    ['not an address', 'This is not a web address.'],
    ['http://me:pw@host', 'The address contains a user name or password.'],
  ])(
    'with the address %j says what is wrong, asks nobody, and saves nothing',
    async (text, words) => {
      const { user, press, request, sent } = await openGateways([])
      await press('Add gateway')
      if (text !== '') await user.type(field(/^Address/), text)
      await press('Save')
      await screen.findByText(words)
      expect(document.activeElement).toBe(field(/^Address/))
      expect(request).not.toHaveBeenCalled()
      expect(sent('gateways.save')).toEqual([])
    },
  )

  it('saves nothing when access is refused', async () => {
    const { user, press, request, sent } = await openGateways([])
    request.mockResolvedValue(false)
    await press('Add gateway')
    await user.type(field(/^Address/), 'https://cpa.example')
    await press('Save')
    await screen.findByText('Nothing was saved. Save again to be asked again.')
    expect(sent('gateways.save')).toEqual([])
  })

  it('that is stored already says so at the address', async () => {
    const { user, press } = await openGateways([], {
      'gateways.save': () => raise({ class: 'input', reason: 'duplicate', field: 'address' }),
    })
    await press('Add gateway')
    await user.type(field(/^Address/), 'localhost:8317')
    await press('Save')
    await screen.findByText('A gateway with this address is stored already.')
    expect(field(/^Address/).getAttribute('aria-invalid')).toBe('true')
  })
})

describe('changing a gateway', () => {
  it('keeps the stored key, which is not in the form', async () => {
    const { user, press, sent } = await openGateways([gateway])
    await press('Edit My proxy')
    expect(field(/^Management key/).value).toBe('')
    await user.clear(field('Name'))
    await user.type(field('Name'), 'Other')
    await press('Save')
    await waitFor(() => {
      expect(sent('gateways.save')).toEqual([
        { id: gateway.id, kind: 'cli-proxy-api', name: 'Other', address: gateway.address },
      ])
    })
  })

  it('can take the stored key away', async () => {
    const { user, press, sent } = await openGateways([gateway])
    await press('Edit My proxy')
    await user.click(screen.getByRole('checkbox', { name: 'Remove the stored key' }))
    await press('Save')
    await waitFor(() => {
      expect(sent('gateways.save')).toMatchObject([{ secret: '' }])
    })
  })

  it('asks for the key again where the address is another one', async () => {
    const { press } = await openGateways([gateway], {
      'gateways.save': () =>
        raise({ class: 'input', reason: 'gateway-key-again', field: 'secret' }),
    })
    await press('Edit My proxy')
    await press('Save')
    await screen.findByText(/The stored key belongs to the former address/)
    expect(document.activeElement).toBe(field(/^Management key/))
  })
})

describe('testing a gateway', () => {
  it('asks once for each click, and tells the version', async () => {
    const { press, request, sent } = await openGateways([gateway])
    await press('Test My proxy')
    await screen.findByText('It works')
    screen.getByText('Version 7.2.140')
    expect(request).toHaveBeenCalledWith({ origins: ['http://127.0.0.1/*'] })
    expect(sent('gateways.test')).toEqual([{ id: gateway.id }])
  })

  it('with a wrong key warns of the lock and does not try again', async () => {
    const { press, sent } = await openGateways([gateway], {
      'gateways.test': () => raise({ class: 'login', reason: 'gateway-key-wrong' }),
    })
    await press('Test My proxy')
    await screen.findByText(/After five failures CLIProxyAPI locks your address for 30 minutes/)
    expect(sent('gateways.test')).toHaveLength(1)
  })

  it('that is locked out says until when', async () => {
    const { press } = await openGateways([gateway], {
      'gateways.test': () =>
        raise({
          class: 'limit',
          reason: 'gateway-banned',
          retryAtMs: Date.now() + 1_800_000,
        }),
    })
    await press('Test My proxy')
    await screen.findByText(/has locked your address after five failed attempts/)
    screen.getByText(/^Try again after /)
  })

  it('sends nothing when access is refused', async () => {
    const { press, request, sent } = await openGateways([{ ...gateway, granted: false }])
    request.mockResolvedValue(false)
    await screen.findByText(/access not granted/)
    await press('Test My proxy')
    await screen.findByText('Nothing was sent. Test again to be asked again.')
    expect(sent('gateways.test')).toEqual([])
  })
})

it('a gateway is removed only after a question', async () => {
  const { press, sent } = await openGateways([gateway])
  await press('Remove My proxy')
  const dialog = within(await screen.findByRole('dialog'))
  dialog.getByText(/The keys in the gateway stay/)
  expect(sent('gateways.remove')).toEqual([])
  dialog.getByRole('button', { name: 'Remove' }).click()
  await waitFor(() => {
    expect(sent('gateways.remove')).toEqual([{ id: gateway.id }])
  })
})
