// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { CredentialView } from '@/src/domain/credential'
import { raise } from '@/src/domain/failure'
import { unavailable } from '@/src/domain/metric'

import { type Answers, openPage, press } from './options-harness'
import { deferred } from './support/deferred'
import { credentialId, makeCredential, makeState, makeTag } from './support/make-credential'

const KEY = 'sk-typed-secret-of-the-form'

const panelOf = async () => within(await screen.findByRole('complementary'))

async function openAdd(given: Answers = {}) {
  const views: CredentialView[] = []
  const page = await openPage('#/credentials/add', {
    'credentials.list': () => [...views],
    'credentials.save': ({ form }) => {
      views.push(makeCredential(9, { decided: { name: form.name, baseUrl: 'https://x.com/a' } }))
      return { id: credentialId(9), merged: false }
    },
    'credentials.refresh': () => ({}),
    ...given,
  })
  return { ...page, panel: await panelOf() }
}

async function openEdit(view: CredentialView, given: Answers = {}) {
  const page = await openPage(`#/credentials/edit/${view.id}`, {
    'credentials.list': () => [view],
    'credentials.save': () => ({ id: view.id, merged: false }),
    'credentials.refresh': () => ({}),
    ...given,
  })
  return { ...page, panel: await panelOf() }
}

type Page = Awaited<ReturnType<typeof openAdd>>

async function type({ user, panel }: Page, label: RegExp, text: string) {
  const field = panel.getByLabelText(label, { selector: 'input, textarea' })
  await user.clear(field)
  // As one would from a site; typing letter by letter takes its time here.
  await user.paste(text)
}

async function fill(page: Page, baseUrl = 'x.com/a/v1/chat/completions?k=1') {
  await type(page, /^Name/, 'Mine')
  await type(page, /^Base address/, baseUrl)
  await type(page, /^API key/, KEY)
}

describe('a new credential', () => {
  it('shows the address as it will be saved, while it is typed', async () => {
    const page = await openAdd()
    for (const [typed, saved] of [
      ['api.x.com', 'https://api.x.com'],
      ['https://x.com/v1/', 'https://x.com'],
      ['https://x.com/a/v1/chat/completions?k=1', 'https://x.com/a'],
      ['https://x.com/v1/proxy/v1', 'https://x.com/v1/proxy'],
    ] as const) {
      await type(page, /^Base address/, typed)
      page.panel.getByText(`Will be saved as ${saved}`)
    }
    await type(page, /^Base address/, 'https://g.com/v1beta/models')
    await page.user.click(page.panel.getByRole('radio', { name: /^Google/ }))
    page.panel.getByText('Will be saved as https://g.com')
  })

  it('is sent as typed, shown once saved, and asked for at once', async () => {
    const page = await openAdd()
    await fill(page)
    await type(page, /^Notes/, 'hello')
    await page.user.click(page.panel.getByRole('radio', { name: /^Anthropic/ }))
    expect(document.body.innerHTML).not.toContain(KEY)
    await press(page, 'Save')
    await screen.findByRole('complementary', { name: 'Mine' })
    screen.getByText('Saved')
    expect(page.request).toHaveBeenCalledExactlyOnceWith({ origins: ['https://x.com/*'] })
    expect(page.sent('credentials.save')).toEqual([
      {
        form: {
          name: 'Mine',
          baseUrl: 'x.com/a/v1/chat/completions?k=1',
          apiKey: KEY,
          apiType: 'anthropic',
          tagIds: [],
          notes: 'hello',
          query: { mode: 'auto' },
        },
      },
    ])
    expect(page.sent('credentials.refresh')).toEqual([{ ids: [credentialId(9)] }])
    expect(document.body.innerHTML).not.toContain(KEY)
  })

  it('names every field that is missing, and goes to the first', async () => {
    const page = await openAdd()
    await press(page, 'Save')
    page.panel.getByText('Enter a name.')
    page.panel.getByText('Enter the base address.')
    page.panel.getByText('Enter the key.')
    expect(document.activeElement?.getAttribute('name')).toBe('name')
    expect(page.sent('credentials.save')).toEqual([])
    expect(page.request).not.toHaveBeenCalled()
  })

  it('refuses a masked key and what is no web address', async () => {
    const page = await openAdd()
    await fill(page, 'ftp://x.com')
    await type(page, /^API key/, 'sk-ab****yz')
    await press(page, 'Save')
    page.panel.getByText('This is not a web address.')
    page.panel.getByText(/only a shortened form of the key/)
    expect(page.sent('credentials.save')).toEqual([])
  })

  it('says what the worker finds wrong at the field', async () => {
    const page = await openAdd({
      'credentials.save': () => raise({ class: 'input', reason: 'malformed-key', field: 'apiKey' }),
    })
    await fill(page)
    await press(page, 'Save')
    await page.panel.findByText('A key has no blanks and no special characters.')
    expect(document.activeElement?.getAttribute('name')).toBe('apiKey')
  })

  it('that was there already says so', async () => {
    const there = makeCredential(3, { decided: { name: 'Older' } })
    const page = await openAdd({
      'credentials.list': () => [there],
      'credentials.save': () => ({ id: there.id, merged: true }),
    })
    await fill(page)
    await press(page, 'Save')
    await screen.findByRole('complementary', { name: 'Older' })
    screen.getByText(/was there already\. It was updated/)
  })

  it('is saved without access too, and nothing is sent to its server', async () => {
    const page = await openAdd()
    page.request.mockResolvedValue(false)
    await fill(page)
    await press(page, 'Save')
    await screen.findByText('Nothing was sent to x.com. Refresh to be asked again.')
    expect(page.sent('credentials.save')).toHaveLength(1)
    expect(page.sent('credentials.refresh')).toEqual([])
  })

  it('is not lost by closing or going elsewhere without a question', async () => {
    const page = await openAdd()
    await type(page, /^Name/, 'Half')
    const [close] = page.panel.getAllByRole('button', { name: 'Close' })
    await page.user.click(close!)
    await page.user.click(screen.getByRole('button', { name: 'Keep editing' }))
    location.hash = '#/credentials'
    await page.user.click(await screen.findByRole('button', { name: 'Keep editing' }))
    expect(location.hash).toBe('#/credentials/add')
    expect(page.panel.getByLabelText<HTMLInputElement>(/^Name/).value).toBe('Half')
    await page.user.click(close!)
    await page.user.click(screen.getByRole('button', { name: 'Discard' }))
    await waitFor(() => {
      expect(screen.queryByRole('complementary')).toBeNull()
    })
  })

  it('takes tags that are made while it is typed', async () => {
    const made = makeTag(5, 'Fresh')
    const page = await openAdd({ 'tags.make': () => made })
    await fill(page)
    await type(page, /^Tags/, 'Fresh')
    await page.user.keyboard('{Enter}')
    await waitFor(() => {
      expect(page.sent('tags.make')).toEqual([{ name: 'Fresh' }])
    })
    await press(page, 'Save')
    await waitFor(() => {
      expect(page.sent('credentials.save')).toMatchObject([{ form: { tagIds: [made.id] } }])
    })
  })

  it('is saved with a tag that is made after the button was pressed', async () => {
    const tag = makeTag(5, 'Fresh')
    const made = deferred<typeof tag>()
    const page = await openAdd({ 'tags.make': () => made.promise })
    await fill(page)
    await type(page, /^Tags/, 'Fresh')
    await page.user.keyboard('{Enter}')
    await press(page, 'Save')
    expect(page.sent('credentials.save')).toEqual([])
    made.resolve(tag)
    await waitFor(() => {
      expect(page.sent('credentials.save')).toMatchObject([{ form: { tagIds: [tag.id] } }])
    })
  })
})

describe('a stored credential', () => {
  const stored = makeCredential(1, {
    decided: { name: 'Alpha', baseUrl: 'https://x.com/v1/proxy', notes: 'n' },
    state: makeState(1),
  })

  it('keeps its key and its address where they are left alone, and is not asked again', async () => {
    const page = await openEdit(stored)
    page.panel.getByText('Leave empty to keep the stored key.')
    page.panel.getByText('Will be saved as https://x.com/v1/proxy')
    await type(page, /^Name/, 'Renamed')
    await press(page, 'Save')
    await page.panel.findByText('Saved')
    expect(page.sent('credentials.save')).toMatchObject([
      { id: stored.id, form: { name: 'Renamed', apiKey: '', baseUrl: 'https://x.com/v1/proxy' } },
    ])
    expect(page.sent('credentials.refresh')).toEqual([])
  })

  it('is asked again when its key is another one', async () => {
    const page = await openEdit(stored)
    await type(page, /^API key/, KEY)
    await press(page, 'Save')
    await page.panel.findByText('Saved')
    expect(page.sent('credentials.refresh')).toEqual([{ ids: [stored.id] }])
    expect(page.panel.getByLabelText<HTMLInputElement>(/^API key/).value).toBe('')
  })
})

describe('a custom query', () => {
  async function choose(page: Page) {
    await page.user.selectOptions(
      page.panel.getByRole('combobox', { name: 'Balance and use' }),
      'Custom read-only endpoint',
    )
  }

  it('needs an endpoint and at least one value', async () => {
    const page = await openAdd()
    await fill(page)
    await choose(page)
    await press(page, 'Save')
    page.panel.getByText('Enter the endpoint.')
    page.panel.getByText('Fill in at least one value.')
    expect(page.sent('credentials.save')).toEqual([])
  })

  it('is tried with what is typed and shows what it reads, asking for access first', async () => {
    const page = await openAdd({
      'credentials.tryQuery': () =>
        makeState(1, {
          source: 'custom',
          todayCostUsd: unavailable('not-collected'),
          attempts: [{ source: 'custom', path: '/api/me', outcome: 'success' }],
        }),
    })
    await fill(page)
    await choose(page)
    await type(page, /^Endpoint/, '/api/me')
    await type(page, /^Balance$/, 'data.balance')
    await press(page, 'Test')
    await page.panel.findByText('This was read by Custom read-only endpoint. Nothing was stored.')
    page.panel.getByText('$10.00')
    page.panel.getByText('Unknown: not asked for')
    page.panel.getByText('/api/me')
    expect(page.request).toHaveBeenCalledExactlyOnceWith({ origins: ['https://x.com/*'] })
    expect(page.sent('credentials.tryQuery')).toEqual([
      {
        baseUrl: 'x.com/a/v1/chat/completions?k=1',
        apiKey: KEY,
        apiType: 'openai-compatible',
        query: {
          mode: 'custom',
          custom: { endpoint: '/api/me', paths: { balanceUsd: 'data.balance' } },
        },
      },
    ])
    expect(page.sent('credentials.save')).toEqual([])
  })

  it('sends nothing when access is refused', async () => {
    const page = await openAdd()
    page.request.mockResolvedValue(false)
    await fill(page)
    await press(page, 'Test')
    await page.panel.findByText('Access was not granted')
    expect(page.sent('credentials.tryQuery')).toEqual([])
  })

  it.each([
    ['other-origin', 'query.custom.endpoint', /must be at the same site/, 'endpoint'],
    ['not-a-path', 'query.custom.endpoint', /Begin with a single \//, 'endpoint'],
    ['bad-path', 'query.custom.paths.balanceUsd', /Only names and positions/, 'balanceUsd'],
  ])('that is refused as %s says so at its field', async (reason, field, words, name) => {
    const page = await openAdd({
      'credentials.tryQuery': () => raise({ class: 'input', reason, field }),
    })
    await fill(page)
    await choose(page)
    await type(page, /^Endpoint/, '//evil.example/x')
    await type(page, /^Balance$/, 'a.b')
    await press(page, 'Test')
    const error = await page.panel.findByText(words)
    const control = document.querySelector(`[name="${name}"]`)
    expect(control?.getAttribute('aria-describedby')).toContain(error.closest('p')?.id)
  })

  it.each([
    [
      { class: 'changed-api', reason: 'web-page' },
      'x.com answered with a web page instead of data.',
    ],
    [
      { class: 'changed-api', reason: 'path-not-found', field: 'query.custom.paths.balanceUsd' },
      'The answer has nothing at the place given for “Balance”.',
    ],
    [
      { class: 'changed-api', reason: 'redirected' },
      /sent the request on to another address, which Relaydeck does not follow/,
    ],
    [{ class: 'network', reason: 'too-large' }, 'x.com sent more data than an answer should have.'],
  ] as const)('that fails with %o says why in a sentence', async (failure, words) => {
    const page = await openAdd({
      'credentials.tryQuery': () =>
        makeState(1, {
          health: 'warning',
          failure,
          attempts: [{ source: 'custom', path: '/api/me', outcome: 'failed', failure }],
        }),
    })
    await fill(page)
    await choose(page)
    await type(page, /^Endpoint/, '/api/me')
    await type(page, /^Balance$/, 'data.balance')
    await press(page, 'Test')
    const alert = await page.panel.findByRole('alert')
    within(alert).getByText(words)
    expect(page.panel.queryByText('$10.00')).toBeNull()
  })
})
