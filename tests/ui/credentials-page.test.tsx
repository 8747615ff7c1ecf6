// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { CredentialView } from '@/src/domain/credential'
import { raise } from '@/src/domain/failure'
import { unavailable } from '@/src/domain/metric'

import { openPage } from './options-harness'
import { credentialId, makeCredential, makeState, makeTag } from './support/make-credential'

const KEY = 'sk-cred1-the-whole-secret-key-tail'

const work = makeTag(1, 'Work')
const cheap = makeTag(2, 'Cheap')
const fast = makeTag(3, 'Fast')

const views: CredentialView[] = [
  makeCredential(1, {
    decided: { name: 'Alpha', tagIds: [work.id], notes: 'for the big machine' },
    state: makeState(1),
  }),
  makeCredential(2, {
    decided: { name: 'Beta', apiType: 'anthropic', baseUrl: 'https://api1.example' },
    state: makeState(2, {
      health: 'warning',
      failure: { class: 'login', reason: 'key-refused', httpStatus: 401 },
      balanceUsd: unavailable('request-failed'),
      todayCostUsd: unavailable('request-failed'),
    }),
  }),
  makeCredential(3, { decided: { name: 'Gamma', tagIds: [cheap.id, fast.id] } }),
]

async function openList(of: readonly CredentialView[] = views, hash = '#/credentials') {
  const page = await openPage(hash, {
    'credentials.list': () => [...of],
    'tags.list': () => [cheap, fast, work],
    'credentials.refresh': () => ({}),
    'credentials.reveal': () => ({ key: KEY }),
    'credentials.remove': () => ({}),
    'credentials.unlink': () => ({}),
  })
  await screen.findByRole('table', { name: 'Credentials' })
  return page
}

const rowOf = (name: string) => screen.getByRole('button', { name }).closest('[role=row]')!
const names = () =>
  screen
    .getAllByRole('row')
    .flatMap((row) => row.querySelector('[data-row-target]')?.textContent ?? [])

async function choose(
  user: Awaited<ReturnType<typeof openList>>['user'],
  name: string,
  of: string,
) {
  await user.click(screen.getByRole('button', { name: `More for ${of}` }))
  await user.click(screen.getByRole('menuitem', { name, hidden: true }))
}

describe('the list of credentials', () => {
  it('shows what is known, marks what is not, and holds no key', async () => {
    await openList()
    const alpha = within(rowOf('Alpha') as HTMLElement)
    alpha.getByText('OpenAI compatible')
    alpha.getByText('api1.example')
    alpha.getByText('10.00')
    alpha.getByText('1.00')
    alpha.getByText('42')
    alpha.getByText('1,234')
    alpha.getByText('Work')
    const gamma = within(rowOf('Gamma') as HTMLElement)
    gamma.getByText('never')
    gamma.getByText('Not refreshed yet')
    expect(gamma.getAllByText('Unknown: not refreshed yet')).toHaveLength(4)
    expect(document.body.innerHTML).not.toContain(KEY)
  })

  it('sums what is known and counts what is not', async () => {
    await openList([
      ...views,
      makeCredential(4, {
        state: makeState(4, { unlimited: true, balanceUsd: unavailable('unsupported') }),
      }),
    ])
    const totals = screen.getByLabelText('All credentials')
    expect(totals.textContent).toBe(
      'Credentials4Base addresses3Working2Balance$10.002 of 3 unknown, 1 unlimitedToday$2.002 of 4 unknown',
    )
  })

  it('does not take yesterday’s use for today’s', async () => {
    await openList([makeCredential(1, { state: makeState(1, { dayKey: '2020-01-01' }) })])
    expect(screen.getAllByText('Unknown: the last figure is from another day')).toHaveLength(3)
    screen.getByText('10.00')
  })

  it('says unlimited where a key is', async () => {
    await openList([makeCredential(1, { state: makeState(1, { unlimited: true }) })])
    within(rowOf('Credential 1') as HTMLElement).getByText('Unlimited')
  })

  it('names what went wrong last', async () => {
    await openList()
    within(rowOf('Beta') as HTMLElement).getByText(
      'Key not accepted: api1.example does not accept this key (status 401).',
    )
  })

  it('finds names, addresses, tags and notes, whatever their case or width', async () => {
    const { user } = await openList()
    const search = screen.getByRole('searchbox', { name: 'Search credentials' })
    for (const [text, found] of [
      ['ＡＬＰＨＡ', ['Alpha']],
      ['api3', ['Gamma']],
      ['cheap', ['Gamma']],
      ['BIG machine', ['Alpha']],
      ['api1.example', ['Alpha', 'Beta']],
    ] as const) {
      await user.clear(search)
      await user.paste(text)
      expect(names()).toEqual(found)
    }
    await user.paste(' nothing like it')
    await user.click(screen.getByRole('button', { name: 'Show all credentials' }))
    expect(names()).toEqual(['Alpha', 'Beta', 'Gamma'])
  })

  it('is narrowed by type, state and any of several tags', async () => {
    const { user } = await openList()
    await user.selectOptions(screen.getByRole('combobox', { name: 'API type' }), 'Anthropic')
    expect(names()).toEqual(['Beta'])
    await user.selectOptions(screen.getByRole('combobox', { name: 'API type' }), 'API type')
    await user.click(screen.getByRole('button', { name: 'Not refreshed yet 1' }))
    expect(names()).toEqual(['Gamma'])
    await user.click(screen.getByRole('button', { name: 'Not refreshed yet 1' }))
    const tags = within(screen.getByRole('group', { name: 'Tags' }))
    await user.click(tags.getByRole('button', { name: 'Fast' }))
    expect(names()).toEqual(['Gamma'])
    await user.click(tags.getByRole('button', { name: 'Work' }))
    expect(names()).toEqual(['Alpha', 'Gamma'])
  })

  it('stands under base addresses when that is wanted, each of which folds', async () => {
    const { user } = await openList()
    await user.click(screen.getByRole('button', { name: 'By address' }))
    expect(names()).toEqual(['api1.example', 'Alpha', 'Beta', 'api3.example', 'Gamma'])
    screen.getByText('2 credentials')
    await user.click(screen.getByRole('button', { name: 'api1.example' }))
    expect(names()).toEqual(['api1.example', 'api3.example', 'Gamma'])
  })

  it('is sorted by a column, the unknown last, and back', async () => {
    const { user } = await openList([
      views[2]!,
      makeCredential(4, { decided: { name: 'Delta' }, state: makeState(4) }),
      makeCredential(5, {
        decided: { name: 'Epsilon' },
        state: makeState(5, { balanceUsd: { state: 'complete', value: 99 } }),
      }),
    ])
    const heading = screen.getByRole('button', { name: 'Balance $' })
    await user.click(heading)
    expect(names()).toEqual(['Epsilon', 'Delta', 'Gamma'])
    await user.click(heading)
    expect(names()).toEqual(['Delta', 'Epsilon', 'Gamma'])
    await user.click(heading)
    expect(names()).toEqual(['Gamma', 'Delta', 'Epsilon'])
  })

  it('keeps only the rows in view of hundreds', async () => {
    await openList(Array.from({ length: 300 }, (_, index) => makeCredential(index + 1)))
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('301')
  })
})

describe('a key of the list', () => {
  it('is shown only when asked for, and hidden again', async () => {
    const { user, sent } = await openList()
    await user.click(screen.getByRole('button', { name: 'Show the key of Alpha' }))
    await screen.findByText(KEY)
    expect(sent('credentials.reveal')).toEqual([{ id: credentialId(1) }])
    await user.click(screen.getByRole('button', { name: 'Hide the key of Alpha' }))
    expect(document.body.innerHTML).not.toContain(KEY)
  })

  it('is copied without being shown, alone or below its address', async () => {
    const { user } = await openList()
    await user.click(screen.getByRole('button', { name: 'Copy the key of Alpha' }))
    await screen.findByText('Copied')
    expect(await navigator.clipboard.readText()).toBe(KEY)
    await choose(user, 'Copy address and key', 'Alpha')
    await waitFor(async () => {
      expect(await navigator.clipboard.readText()).toBe(`https://api1.example\n${KEY}`)
    })
    await choose(user, 'Copy base address', 'Alpha')
    await screen.findByText('Copied https://api1.example')
    expect(await navigator.clipboard.readText()).toBe('https://api1.example')
    expect(document.body.innerHTML).not.toContain(KEY)
  })

  it('is never copied when it is masked', async () => {
    const { user } = await openPage('#/credentials', {
      'credentials.list': () => views,
      'credentials.reveal': () => ({ key: 'sk-ab****yz' }),
    })
    await navigator.clipboard.writeText('before')
    await user.click(await screen.findByRole('button', { name: 'Copy the key of Alpha' }))
    await screen.findByText('This is only a shortened form of the key.')
    expect(await navigator.clipboard.readText()).toBe('before')
  })
})

describe('a refresh', () => {
  it('asks for all that are shown, and shows how far it is', async () => {
    let refreshing = false
    const { user, sent } = await openPage('#/credentials', {
      'credentials.list': () => views.map((view) => ({ ...view, refreshing })),
      'credentials.refresh': () => {
        refreshing = true
        return {}
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Refresh all' }))
    await screen.findByText('0 of 3 refreshed')
    expect(sent('credentials.refresh')).toEqual([{ ids: views.map(({ id }) => id) }])
    screen.getByRole('progressbar', { name: 'Progress of the refresh' })
    refreshing = false
    await screen.findByText('2 refreshed, 1 failed', undefined, { timeout: 4000 })
  })

  it('asks the browser in the click, and sends nothing where the person refuses', async () => {
    const { user, sent, request } = await openList([
      views[0]!,
      makeCredential(7, { decided: { name: 'Closed' }, granted: false }),
    ])
    request.mockResolvedValueOnce(false)
    await user.click(screen.getByRole('button', { name: 'Refresh all' }))
    await screen.findByText('Nothing was sent to api7.example. Refresh to be asked again.')
    expect(request).toHaveBeenCalledExactlyOnceWith({ origins: ['https://api7.example/*'] })
    expect(sent('credentials.refresh')).toEqual([{ ids: [credentialId(1)] }])
  })
})

describe('the page', () => {
  it('says what it will hold while it holds nothing', async () => {
    const { user } = await openPage('#/credentials', {})
    await screen.findByText('No credentials yet')
    await user.click(screen.getByRole('button', { name: 'Add credential' }))
    await screen.findByRole('complementary', { name: 'Add credential' })
  })

  it('says why nothing could be read, and reads again', async () => {
    let isBroken = true
    const { user } = await openPage('#/credentials', {
      'credentials.list': () => (isBroken ? raise({ class: 'storage' }) : views),
    })
    await screen.findByText('Stored data not readable')
    isBroken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('table', { name: 'Credentials' })
  })

  it('asks before a credential is deleted, and says the key stays', async () => {
    const { user, sent } = await openList()
    await choose(user, 'Delete', 'Alpha')
    const dialog = within(screen.getByRole('dialog'))
    dialog.getByText(/At the server the key stays as it is/)
    await user.click(dialog.getByRole('button', { name: 'Keep' }))
    expect(sent('credentials.remove')).toEqual([])
    await choose(user, 'Delete', 'Alpha')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }))
    await waitFor(() => {
      expect(sent('credentials.remove')).toEqual([{ ids: [credentialId(1)] }])
    })
  })
})

describe('the details', () => {
  const account = `acc_${'7'.repeat(32)}`
  const linked = (linkState: CredentialView['linkState']) =>
    makeCredential(1, {
      decided: { name: 'Alpha', link: { accountId: account, keyId: '5' } },
      linkState,
      state: makeState(1, {
        health: 'warning',
        failure: { class: 'login', reason: 'key-refused', httpStatus: 401, detail: 'no such key' },
        attempts: [
          { source: 'models', path: '/v1/models', outcome: 'success' },
          { source: 'new-api-token', path: '/api/usage/token/', outcome: 'unsupported' },
          {
            source: 'openai-billing',
            path: '/v1/dashboard/billing/usage',
            outcome: 'failed',
            failure: { class: 'server', reason: 'server-error', httpStatus: 503 },
          },
        ],
      }),
    })

  async function openDetails(view: CredentialView) {
    const page = await openList([view], `#/credentials/details/${view.id}`)
    const panel = await screen.findByRole('complementary', { name: view.decided.name })
    return { ...page, panel: within(panel) }
  }

  it('list the requests of the last query with their outcome and why', async () => {
    const { panel } = await openDetails(linked('there'))
    panel.getByText('/v1/models')
    panel.getByText('not offered there')
    panel.getByText(/^failed · status 503 · /)
    panel.getByText('The server said: no such key')
  })

  it('lead to the key it was saved from, say when that is gone, and end the link', async () => {
    const { panel } = await openDetails(linked('there'))
    expect(panel.getByRole('link', { name: 'Open the key' }).getAttribute('href')).toBe(
      `#/keys/details/${account}/5`,
    )
    const gone = await openDetails(linked('gone'))
    gone.panel.getByText(/does not have this key any more/)
    await gone.user.click(gone.panel.getByRole('button', { name: 'End the link' }))
    await waitFor(() => {
      expect(gone.sent('credentials.unlink')).toEqual([{ id: credentialId(1) }])
    })
  })

  it('grant access and ask at once', async () => {
    const { user, panel, sent, request } = await openDetails(
      makeCredential(1, { granted: false, decided: { name: 'Alpha' } }),
    )
    panel.getByText('The browser has not given Relaydeck access to api1.example.')
    await user.click(panel.getByRole('button', { name: 'Grant access' }))
    await waitFor(() => {
      expect(sent('credentials.refresh')).toEqual([{ ids: [credentialId(1)] }])
    })
    expect(request).toHaveBeenCalledOnce()
  })

  it('show figures, models and the way to all of them', async () => {
    const { panel } = await openDetails(
      makeCredential(1, {
        decided: { name: 'Alpha' },
        state: makeState(1, {
          models: { count: 25, first: ['gpt-4o'] },
          expiresAtMs: Date.UTC(2020, 0, 2),
        }),
      }),
    )
    panel.getByText('$10.00')
    panel.getByText('$15.00')
    panel.getByText('ended')
    panel.getByText('gpt-4o')
    panel.getByText('24 more')
    expect(panel.getByRole('link', { name: 'Open models' }).getAttribute('href')).toBe(
      `#/models/${credentialId(1)}`,
    )
    panel.getByText(/answered by New API token/)
  })

  it('of a credential that is gone say so', async () => {
    await openList(views, `#/credentials/details/${credentialId(99)}`)
    await screen.findByText('This credential is not there any more.')
  })

  it('do not leave a key they showed standing in the list', async () => {
    const { user, panel } = await openDetails(makeCredential(1, { decided: { name: 'Alpha' } }))
    await user.click(panel.getByRole('button', { name: 'Show key' }))
    await waitFor(() => {
      expect(document.body.innerHTML).toContain(KEY)
    })
    await user.click(panel.getByRole('button', { name: 'Close' }))
    await waitFor(() => {
      expect(document.body.innerHTML).not.toContain(KEY)
    })
  })
})
