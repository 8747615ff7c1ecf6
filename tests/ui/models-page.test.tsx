// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { CheckRun } from '@/src/domain/check-run'
import { raise } from '@/src/domain/failure'

import { type Answers, openPage } from './options-harness'
import { credentialId, makeCredential } from './support/make-credential'

const view = makeCredential(1, { decided: { name: 'Alpha', apiType: 'anthropic' } })
const source = { kind: 'credential', credentialId: view.id } as const
const MODELS = ['claude-4', 'gpt-4o', 'gpt-4o-mini']

function runOf(index: number, model: string, given: Partial<CheckRun> = {}): CheckRun {
  return {
    id: `run_${index.toString(16).padStart(32, '0')}`,
    source,
    label: 'Alpha',
    apiType: 'anthropic',
    model,
    startedAtMs: index,
    state: 'done',
    results: [{ probe: 'text', state: 'pass', cause: 'ok', latencyMs: 321 }],
    ...given,
  }
}

async function openModels(given: Answers = {}) {
  const page = await openPage(`#/models/${view.id}`, {
    'credentials.list': () => [view],
    'credentials.models': () => ({ models: MODELS }),
    'checks.runs': () => [],
    ...given,
  })
  await screen.findByRole('heading', { level: 1, name: 'Models of Alpha' })
  return page
}

const shown = () => screen.getAllByRole('checkbox').map(({ textContent }) => textContent)

/** A worker that ends each run at the next look but one. */
function verifying(results: readonly Partial<CheckRun>[] = []) {
  const runs: CheckRun[] = []
  const answers: Answers = {
    'checks.start': ({ model = '' }) => {
      const run = runOf(runs.length + 1, model, {
        state: 'running',
        results: [{ probe: 'text', state: 'running' }],
      })
      runs.unshift(run)
      return { id: run.id }
    },
    'checks.runs': () => {
      const told = runs.map((run) => ({ ...run }))
      const [first] = runs
      if (first?.state === 'running') {
        runs[0] = runOf(runs.length, first.model ?? '', results[runs.length - 1])
      }
      return told
    },
  }
  return { runs, answers }
}

describe('the models of a credential', () => {
  it('are all listed, searched, and lead back', async () => {
    const { user, sent } = await openModels()
    await screen.findByText('3 of 3 models')
    expect(sent('credentials.models')).toEqual([{ id: credentialId(1) }])
    expect(shown()).toEqual(MODELS)
    await user.type(screen.getByRole('searchbox', { name: 'Search models' }), 'GPT mini')
    expect(shown()).toEqual(['gpt-4o-mini'])
    const back = within(screen.getByRole('main')).getByRole('link', { name: 'Credentials' })
    expect(back.getAttribute('href')).toBe('#/credentials')
  })

  it('are copied one by one or many at once', async () => {
    const { user } = await openModels()
    await user.click(await screen.findByRole('button', { name: 'Copy gpt-4o' }))
    expect(await navigator.clipboard.readText()).toBe('gpt-4o')
    await user.click(screen.getByRole('button', { name: 'Select all shown' }))
    await user.click(screen.getByRole('checkbox', { name: 'gpt-4o' }))
    await user.click(screen.getByRole('button', { name: 'Copy names' }))
    await screen.findByText('2 names copied')
    expect(await navigator.clipboard.readText()).toBe('claude-4\ngpt-4o-mini')
  })

  it('show what verifying them last came to', async () => {
    await openModels({
      'checks.runs': () => [
        runOf(3, 'gpt-4o', {
          results: [{ probe: 'text', state: 'fail', cause: 'model-not-found' }],
        }),
        runOf(2, 'gpt-4o'),
        runOf(1, 'claude-4'),
      ],
    })
    const name = await screen.findByRole('checkbox', { name: 'gpt-4o' })
    const row = within(name.closest<HTMLElement>('[role=listitem]')!)
    await row.findByText('Failed')
    row.getByText('The site does not offer this model to the key.')
    expect(screen.getAllByText('Passed')).toHaveLength(1)
    screen.getByText('321 ms')
  })

  it('are verified one after the other by one short text, once the cost is accepted', async () => {
    const { answers } = verifying()
    const { user, sent } = await openModels(answers)
    await user.click(await screen.findByRole('button', { name: 'Select all shown' }))
    await user.click(screen.getByRole('button', { name: 'Verify' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Verify 3 models?' }))
    dialog.getByText(/Each costs a little quota/)
    expect(sent('checks.start')).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Verify' }))
    await screen.findByText('0 of 3 verified')
    expect(sent('checks.start')).toHaveLength(1)
    await waitFor(
      () => {
        expect(screen.getAllByText('Passed')).toHaveLength(3)
      },
      { timeout: 6000 },
    )
    expect(sent('checks.start')).toEqual(
      MODELS.map((model) => ({ source, apiType: 'anthropic', model, probes: ['text'] })),
    )
    await waitFor(() => {
      expect(screen.queryByRole('progressbar')).toBeNull()
    })
  }, 10_000)

  it('are not verified any further once that is stopped', async () => {
    const runs: CheckRun[] = []
    const { user, sent } = await openModels({
      'checks.runs': () => [...runs],
      'checks.start': ({ model = '' }) => {
        runs.push(runOf(1, model, { state: 'running' }))
        return { id: runs[0]!.id }
      },
      'checks.stop': () => {
        runs[0] = runOf(1, 'claude-4', {
          state: 'stopped',
          results: [{ probe: 'text', state: 'stopped', cause: 'stopped' }],
        })
        return {}
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Select all shown' }))
    await user.click(screen.getByRole('button', { name: 'Verify' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Verify' }))
    await screen.findByText('0 of 3 verified')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await waitFor(
      () => {
        expect(screen.queryByRole('progressbar')).toBeNull()
      },
      { timeout: 4000 },
    )
    expect(sent('checks.stop')).toEqual([{ id: runs[0]!.id }])
    expect(sent('checks.start')).toHaveLength(1)
  })

  it('end with a reason when the first cannot be verified', async () => {
    const { user, sent } = await openModels({
      'checks.start': () => raise({ class: 'not-found', reason: 'credential' }),
    })
    await user.click(await screen.findByRole('button', { name: 'Verify gpt-4o' }))
    await screen.findByText('Not there any more')
    expect(sent('checks.start')).toHaveLength(1)
  })
})

describe('the page of models', () => {
  it('asks for access where it is missing, and then for the models', async () => {
    let isGranted = false
    const { user, request } = await openModels({
      'credentials.models': () =>
        isGranted ? { models: MODELS } : raise({ class: 'access', reason: 'no-permission' }),
    })
    await screen.findByText('The browser has not given Relaydeck access to api1.example.')
    request.mockImplementationOnce(() => {
      isGranted = true
      return Promise.resolve(true)
    })
    await user.click(screen.getByRole('button', { name: 'Grant access' }))
    await screen.findByText('3 of 3 models')
  })

  it('says why there is no list, and that a list is empty', async () => {
    const { user } = await openModels({
      'credentials.models': () => raise({ class: 'login', reason: 'key-refused', httpStatus: 401 }),
    })
    await screen.findByText('api1.example does not accept this key (status 401).')
    screen.getByRole('button', { name: 'Try again' })
    expect(user).toBeDefined()
    await openModels({ 'credentials.models': () => ({ models: [] }) })
    await screen.findByText('api1.example offers this key no model.')
  })

  it('of a credential that is gone says so', async () => {
    await openPage(`#/models/${credentialId(9)}`, { 'credentials.list': () => [view] })
    await screen.findByText('This credential is not there any more.')
  })
})
