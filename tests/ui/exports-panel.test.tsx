// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Failure } from '@/src/domain/failure'

import type { Answers } from './options-harness'
import { account, eight, openExport, recordOf, SECRET, seven } from './support/export-panel'
import { makeRow } from './support/make-row'

let clicked: { href: string; target: string; connected: boolean; download: string }[] = []

beforeEach(() => {
  clicked = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    const { href, target, isConnected, download } = this
    clicked.push({ href, target, connected: isConnected, download })
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

const html = () => document.documentElement.outerHTML

describe('the targets', () => {
  it('are those the site and the number of keys allow', async () => {
    await openExport([seven, eight])
    screen.getByRole('button', { name: /^Cherry Studio/ })
    expect(screen.queryByRole('button', { name: /^curl/ })).toBeNull()
    screen.getByText(/^One key at a time: .*curl/)
  })

  it('leave out what needs a protocol the site does not speak', async () => {
    const one = makeRow(1, { siteType: 'one-api' })
    const described = await openExport([seven], {
      'accounts.glance': () => ({ rows: [one], damaged: [] }),
      'sites.describe': () => [
        {
          type: 'one-api',
          label: 'One API',
          userId: 'from-token',
          authModes: ['token'],
          unit: 'points',
          capabilities: [],
          endpoints: { chat: '', responses: null, anthropic: null, google: null },
          routes: {},
        },
      ],
    })
    expect(screen.queryByRole('button', { name: /^Claude Code environment/ })).toBeNull()
    expect(screen.queryByRole('button', { name: /^Codex/ })).toBeNull()
    expect(described.sent('exports.material')).toEqual([])
  })

  it('lead to Settings where no gateway is set up', async () => {
    await openExport()
    const link = await screen.findByRole('link', { name: 'Set up in Settings' })
    expect(link.getAttribute('href')).toBe('#/settings')
  })
})

describe('a link', () => {
  it('is made and opened by clicks alone, and never stands in the page', async () => {
    const { press, sent } = await openExport()
    await press(/^Cherry Studio/)
    await screen.findByText(/asks before it takes the key/)
    expect(sent('exports.material')).toEqual([])
    await press('Prepare link')
    await screen.findByText('Opens cherrystudio:')
    expect(sent('exports.material')).toEqual([{ sources: [seven] }])
    expect(sent('exports.note')).toEqual([])
    expect(html()).not.toContain('cherrystudio://')
    await press('Open')
    expect(clicked).toHaveLength(1)
    expect(clicked[0]).toMatchObject({ connected: false, target: '' })
    expect(clicked[0]?.href).toMatch(/^cherrystudio:\/\/providers\/api-keys\?v=1&data=/)
    expect(html()).not.toContain('cherrystudio://')
    await screen.findByText('Opened. Confirm in Cherry Studio.')
    expect(screen.queryByText(/imported/i)).toBeNull()
    await waitFor(() => {
      expect(sent('exports.note')).toEqual([
        {
          destination: 'cherry-studio',
          options: { apiType: 'openai-compatible' },
          sources: [seven],
        },
      ])
    })
  })

  it('of several keys notes the one that was used', async () => {
    const { user, press, sent } = await openExport([seven, eight, seven])
    await press(/^Cherry Studio/)
    await press('Prepare link')
    const group = await screen.findByRole('group', { name: 'Relay 1 - key 8' })
    await user.click(within(group).getByRole('button', { name: 'Copy link' }))
    expect(await navigator.clipboard.readText()).toMatch(/^cherrystudio:/)
    expect(sent('exports.material')).toEqual([{ sources: [seven, eight] }])
    await waitFor(() => {
      expect(sent('exports.note')).toMatchObject([{ sources: [eight] }])
    })
  })

  it('of the site is chosen by its name, which is text, and shows where it leads', async () => {
    const { user, press } = await openExport([seven], {
      'exports.chatLinks': () => [
        { name: '<b>Chat</b>', template: 'https://chat.example/?key={key}' },
        { name: 'Bad', template: 'javascript:alert("{key}")' },
      ],
    })
    await press(/^Chat link of the site/)
    await press('Prepare link')
    await screen.findByText('Chat link: this is needed.')
    const choice = screen.getByLabelText(/^Chat link/)
    screen.getByRole('option', { name: '<b>Chat</b>' })
    await user.selectOptions(choice, '1')
    await screen.findByText(/leads to a kind of program Relaydeck does not hand keys to/)
    await user.selectOptions(choice, '0')
    await press('Prepare link')
    await screen.findByText('Opens chat.example')
    screen.getByText('The server behind chat.example will see this key.')
    expect(html()).not.toContain(SECRET)
    await press('Open')
    expect(clicked[0]).toMatchObject({
      href: `https://chat.example/?key=${SECRET}`,
      target: '_blank',
      connected: false,
    })
    await screen.findByText('Opened. Confirm in chat.example.')
  })
})

describe('a text with a key', () => {
  it('is hidden until it is shown, and copied as it is', async () => {
    const { user, press, sent } = await openExport()
    await press(/^Claude Code environment/)
    await press('Prepare snippets')
    const group = within(await screen.findByRole('group', { name: 'Environment' }))
    group.getByText(/export ANTHROPIC_AUTH_TOKEN='••••••••'/)
    expect(html()).not.toContain(SECRET)
    await user.click(group.getByRole('button', { name: 'Copy' }))
    expect(await navigator.clipboard.readText()).toContain(`ANTHROPIC_AUTH_TOKEN='${SECRET}'`)
    expect(html()).not.toContain(SECRET)
    await waitFor(() => {
      expect(sent('exports.note')).toMatchObject([{ destination: 'claude-code' }])
    })
    await user.click(group.getByRole('button', { name: 'Show' }))
    group.getByText(new RegExp(SECRET))
    await user.click(group.getByRole('button', { name: 'Hide' }))
    expect(html()).not.toContain(SECRET)
  })

  it('hides the key also where it is encoded', async () => {
    const { press } = await openExport()
    await press(/^Kelivo/)
    await press('Prepare text')
    await screen.findByText(/^ai-provider:v1:/)
    const shown = screen.getByText(/^ai-provider:v1:/).textContent.replace('ai-provider:v1:', '')
    expect(atob(shown)).not.toContain(SECRET)
  })

  it('is dropped with another choice, and fetched anew', async () => {
    const { user, press, sent } = await openExport()
    await press(/^Claude Code environment/)
    await press('Prepare snippets')
    await screen.findByRole('group', { name: 'Environment' })
    await user.selectOptions(screen.getByLabelText(/^Written for/), 'PowerShell')
    expect(screen.queryByRole('group', { name: 'Environment' })).toBeNull()
    await press('Prepare snippets')
    await screen.findByText(/\$env:ANTHROPIC_AUTH_TOKEN/)
    expect(sent('exports.material')).toHaveLength(2)
  })

  it('does not hand over notes of the account', async () => {
    const { user, press } = await openExport()
    await press(/^JSON/)
    await press('Prepare file')
    await user.click(await screen.findByRole('button', { name: 'Show' }))
    expect(html()).toContain(SECRET)
    expect(html()).not.toContain('private words')
  })

  it('is not held by any cache of the page', async () => {
    const { press, client } = await openExport()
    await press(/^Keys only/)
    await press('Prepare text')
    await screen.findByRole('button', { name: 'Show' })
    const cached = [
      ...client
        .getQueryCache()
        .getAll()
        .map(({ state }) => state),
      ...client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ]
    expect(JSON.stringify(cached)).not.toContain(SECRET)
  })
})

it('a file is saved by a click, and its address given back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true })
  const revoked = vi.fn()
  Object.assign(URL, { createObjectURL: () => 'blob:made', revokeObjectURL: revoked })
  const { press, sent } = await openExport()
  await press(/^CSV/)
  await press('Prepare file')
  await press('Download relay-keys.csv')
  expect(clicked).toEqual([
    { href: 'blob:made', target: '', connected: false, download: 'relay-keys.csv' },
  ])
  await waitFor(() => {
    expect(sent('exports.note')).toMatchObject([{ destination: 'csv', options: {} }])
  })
  act(() => {
    vi.advanceTimersByTime(20_000)
  })
  expect(revoked).toHaveBeenCalledWith('blob:made')
  vi.useRealTimers()
})

describe('options', () => {
  it('that are missing are said at the field, and nothing is fetched', async () => {
    const { press, sent } = await openExport()
    await press(/^OpenCode/)
    await press('Prepare snippets')
    await screen.findByText('Models: this is needed.')
    expect(sent('exports.material')).toEqual([])
  })

  it('take models the key lists, once somebody asks for them', async () => {
    const { user, press, sent } = await openExport()
    await press(/^OpenCode/)
    expect(sent('checks.models')).toEqual([])
    await press('Fetch the key’s models')
    await user.click(await screen.findByRole('checkbox', { name: 'gpt-5.2' }))
    expect(sent('checks.models')).toEqual([{ source: seven, apiType: 'openai-compatible' }])
    await user.type(screen.getByRole('searchbox'), 'own-model')
    await press('Add own-model')
    await press('Prepare snippets')
    await screen.findByText(/"own-model"/)
    screen.getByText(/"gpt-5.2": \{/)
  })

  it('mark what only newer versions of a program know', async () => {
    const { press } = await openExport()
    await press(/^CC Switch/)
    screen.getByRole('option', { name: 'OpenCode (newer versions)' })
    screen.getByRole('option', { name: 'Codex' })
  })
})

describe('keys that cannot be had', () => {
  const failing = (failure: Failure): Answers => ({
    'exports.material': () => ({
      records: [recordOf(seven)],
      failures: [{ source: eight, failure }],
    }),
  })

  it('are named with the way out, while the others go on', async () => {
    const failure: Failure = { class: 'proof', reason: 'second-factor' }
    const { press } = await openExport([seven, eight], failing(failure))
    await press(/^Cherry Studio/)
    await press('Prepare link')
    await screen.findByText('1 key could not be had')
    const link = screen.getByRole('link', { name: 'Open Repair' })
    expect(link.getAttribute('href')).toBe('#/keys/repair')
    screen.getByRole('button', { name: 'Open' })
  })

  it('because the site showed them once are to be replaced', async () => {
    const failure: Failure = { class: 'unsupported', reason: 'key-lost' }
    const { press } = await openExport([seven, eight], failing(failure))
    await press(/^Cherry Studio/)
    await press('Prepare link')
    const link = await screen.findByRole('link', { name: 'Create a replacement' })
    expect(link.getAttribute('href')).toBe(`#/keys/duplicate/${account.id}/8`)
  })

  it('make nothing where they are all, or masked', async () => {
    const { press } = await openExport([seven], {
      'exports.material': () => ({ records: [recordOf(seven, 'sk-ab****yz')], failures: [] }),
    })
    await press(/^Keys only/)
    await press('Prepare text')
    await screen.findByText(/only a shortened form is known/)
    expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull()
  })

  it('are fetched in portions, which can be stopped', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      ...seven,
      keyId: String(index),
    }))
    let answer = (): void => undefined
    const { press, sent } = await openExport(many, {
      // The second portion takes its time.
      'exports.material': ({ sources }) => {
        const done = { records: sources.map((source) => recordOf(source)), failures: [] }
        if (sent('exports.material').length < 2) return done
        return new Promise((resolve) => {
          answer = () => {
            resolve(done)
          }
        }) as never
      },
    })
    await press(/^Keys only/)
    await press('Prepare text')
    await screen.findByText('Getting keys 10 of 25')
    await press('Cancel')
    act(() => {
      answer()
    })
    await screen.findByRole('button', { name: 'Prepare text' })
    expect(sent('exports.material')).toHaveLength(2)
  })
})
