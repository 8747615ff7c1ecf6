// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'

import type { CheckRun, ProbeResult } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'
import { raise } from '@/src/domain/failure'
import { API_PROBES, PROBES } from '@/src/domain/probes'
import { CheckPanel } from '@/src/ui/features/checks/check-panel'

import { type Answers, openPart } from './options-harness'
import { makeCredential } from './support/make-credential'
import { makeKey, makeList, withKeys } from './support/make-key'
import { makeRow } from './support/make-row'

const account = makeRow(1)
const source: KeySource = { kind: 'key', accountId: account.id, keyId: '7' }
const credential = makeCredential(1, { decided: { apiType: 'anthropic' } })

const run = (change: Partial<CheckRun> = {}): CheckRun => ({
  id: `run_${'1'.repeat(32)}`,
  source,
  label: 'Relay 1 · default',
  apiType: 'openai-compatible',
  model: 'gpt-5.2',
  startedAtMs: Date.now() - 60_000,
  state: 'done',
  results: [{ probe: 'models', state: 'pass', cause: 'ok', latencyMs: 1234 }],
  ...change,
})

async function openCheck(given: Answers = {}, of: KeySource = source) {
  const page = await openPart(<CheckPanel source={of} label="default" onClose={vi.fn()} />, {
    ...withKeys([account], [makeList(account, [makeKey(account.id, 7, { secret: 'known' })])]),
    'credentials.list': () => [credential],
    'checks.runs': () => [],
    'checks.models': () => ({ models: ['gpt-5.2', 'claude-sonnet-4-5'], suggested: 'gpt-5.2' }),
    'checks.start': () => ({ id: `run_${'2'.repeat(32)}` }),
    'checks.stop': () => ({}),
    'checks.clear': () => ({}),
    ...given,
  })
  await screen.findByRole('heading', { name: 'Verify default' })
  return page
}

const start = () => screen.findByRole('button', { name: 'Start' })

describe('before it starts, a verification', () => {
  it('says what it costs, suggests a model, and sends nothing to it', async () => {
    const { sent } = await openCheck()
    await start()
    screen.getByText(/^Each probe sends a short request and uses a little quota: 5 requests/)
    await screen.findByText(/^Empty: gpt-5.2/)
    expect(screen.getByLabelText('Model').getAttribute('placeholder')).toBe('gpt-5.2')
    expect(sent('checks.start')).toEqual([])
    expect(sent('exports.material')).toEqual([])
  })

  it('needs at least one probe', async () => {
    const { user } = await openCheck()
    await start()
    const group = within(screen.getByRole('group', { name: 'API' }))
    for (const box of group.getAllByRole('checkbox')) await user.click(box)
    expect((await start()).hasAttribute('disabled')).toBe(true)
  })

  it('begins with the stored type, and says that another one changes nothing', async () => {
    const of = { kind: 'credential', credentialId: credential.id } as const
    const { user, sent } = await openCheck({}, of)
    const type = await screen.findByLabelText<HTMLSelectElement>('API type')
    expect(type.value).toBe('anthropic')
    expect(screen.queryByText(/^Only for this verification/)).toBeNull()
    await user.selectOptions(type, 'OpenAI')
    screen.getByText('Only for this verification. The stored type stays Anthropic.')
    await user.click(await start())
    await waitFor(() => {
      expect(sent('checks.start')).toEqual([
        { source: of, apiType: 'openai', probes: [...API_PROBES] },
      ])
    })
    expect(sent('credentials.save')).toEqual([])
    expect(sent('checks.models')).toEqual([
      { source: of, apiType: 'anthropic' },
      { source: of, apiType: 'openai' },
    ])
  })

  it('does not make the site show a hidden key for a list of models', async () => {
    const hidden = [makeList(account, [makeKey(account.id, 7, { secret: 'hidden' })])]
    const page = await openCheck(withKeys([account], hidden))
    await screen.findByText(/full key is not here yet/)
    expect(page.sent('checks.models')).toEqual([])
  })

  it('tells why the models could not be listed, in the words of a probe', async () => {
    await openCheck({ 'checks.models': () => raise({ class: 'refused', reason: 'unauthorized' }) })
    await screen.findByText(/The site does not accept this key\./)
  })

  it('asks for access where the browser has not given it', async () => {
    const { user, request, sent } = await openCheck({
      'checks.models': () => raise({ class: 'access', reason: 'not-granted' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Grant access' }))
    expect(request).toHaveBeenCalledWith({ origins: ['https://relay1.example/*'] })
    await waitFor(() => {
      expect(sent('checks.models')).toHaveLength(2)
    })
  })
})

describe('a verification', () => {
  it('sends the typed model and the probes in their order', async () => {
    const { user, sent } = await openCheck()
    await user.type(await screen.findByLabelText('Model'), ' my-model ')
    await user.click(screen.getByRole('checkbox', { name: /^Gemini CLI/ }))
    await user.click(screen.getByRole('checkbox', { name: /^Claude Code/ }))
    await user.click(screen.getByRole('checkbox', { name: 'Text' }))
    await user.click(await start())
    await waitFor(() => {
      expect(sent('checks.start')).toEqual([
        {
          source,
          apiType: 'openai-compatible',
          model: 'my-model',
          probes: PROBES.filter((probe) => probe !== 'text' && probe !== 'codex'),
        },
      ])
    })
  })

  it('shows each probe as it goes, and can be stopped', async () => {
    const results: ProbeResult[] = [
      { probe: 'models', state: 'pass', cause: 'ok', latencyMs: 210 },
      { probe: 'text', state: 'running' },
      { probe: 'stream', state: 'waiting' },
    ]
    const { user, sent } = await openCheck({
      'checks.runs': () => [run({ state: 'running', results })],
    })
    await screen.findByText('1 of 3 probes done')
    const rows = within(screen.getByRole('list', { name: 'Probes' })).getAllByRole('listitem')
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'Model list210 msPassed',
      'TextRunning',
      'StreamingWaiting',
    ])
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(sent('checks.stop')).toEqual([{ id: run().id }])
    expect(screen.queryByRole('button', { name: 'Start' })).toBeNull()
  })

  it('says why a probe failed, what to do, and what the server said, as text', async () => {
    const detail = '<img src=x> no such model'
    const results: ProbeResult[] = [
      { probe: 'text', state: 'fail', cause: 'model-not-found', httpStatus: 404, detail },
      { probe: 'tools', state: 'unsupported', cause: 'protocol-unsupported' },
    ]
    await openCheck({ 'checks.runs': () => [run({ results })] })
    await screen.findByText(/The site does not offer this model to the key\./)
    screen.getByText('Choose another model of the list.')
    screen.getByText('HTTP 404')
    screen.getByText('What the server said')
    expect(screen.getByText(detail).querySelector('img')).toBeNull()
    screen.getByText('Not supported')
  })

  it('keeps earlier results until they are cleared', async () => {
    const before = run({ id: `run_${'3'.repeat(32)}`, state: 'stopped', apiType: 'anthropic' })
    const { user, sent } = await openCheck({ 'checks.runs': () => [run(), before] })
    await screen.findByText(/· Stopped$/)
    expect(screen.getAllByText(/1 of 1 passed/)).toHaveLength(2)
    screen.getByText('Anthropic · gpt-5.2')
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    expect(sent('checks.clear')).toEqual([{ source }])
  })

  it.each([
    [{ class: 'proof', reason: 'second-factor' } as const, 'Open Repair', '#/keys/repair'],
    [
      { class: 'unsupported', reason: 'key-lost' } as const,
      'Create a replacement',
      `#/keys/duplicate/${account.id}/7`,
    ],
  ])('that cannot have the key (%o) shows the way out', async (failure, name, href) => {
    const { user } = await openCheck({ 'checks.start': () => raise(failure) })
    await user.click(await start())
    const link = await screen.findByRole('link', { name })
    expect(link.getAttribute('href')).toBe(href)
  })
})
