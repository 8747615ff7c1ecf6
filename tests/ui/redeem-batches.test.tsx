// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import { CODE_STATES, type CodeState } from '@/src/domain/redemption'
import { LANGUAGES } from '@/src/domain/settings'
import { showLanguage } from '@/src/ui/text/i18n'

import { makeRow } from './support/make-row'
import { batch, batchId, type CodeView, nova, openRedeem, usd } from './support/redeem'

describe('a batch', () => {
  const lines = () =>
    within(screen.getByRole('article'))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)

  it('under way tells how far it is and can be stopped', async () => {
    const codes = [{ state: 'redeemed' }, { state: 'sending' }, {}] as const
    const { user, sent } = await openRedeem({ 'redeem.batches': () => [batch('running', codes)] })
    const article = within(await screen.findByRole('article'))
    expect(article.getByRole('status').textContent).toBe('1 of 3')
    expect(article.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('1')
    expect(article.queryByRole('button', { name: /again/ })).toBeNull()
    await user.click(article.getByRole('button', { name: 'Stop' }))
    expect(sent('redeem.stop')).toEqual([{ batchId }])
  })

  it('that waits says until when and why', async () => {
    const resumeAtMs = new Date().setHours(23, 59, 0, 0)
    await openRedeem({
      'redeem.batches': () => [
        batch('waiting', [{ accountId: nova.id, limited: 1 } as Partial<CodeView>], { resumeAtMs }),
      ],
    })
    await screen.findByText('Waits until 23:59')
    await screen.findByText(/^The limit of api\.nova\.example allows no more codes for now\./)
  })

  it('has one sentence for each state, in every language', async () => {
    const codes = CODE_STATES.map((state) => ({ state, accountId: nova.id }))
    await openRedeem({ 'redeem.batches': () => [batch('done', codes)] })
    await screen.findByRole('article')
    const all = new Set<string>()
    for (const [at, language] of LANGUAGES.entries()) {
      await showLanguage(language, ['redeem'])
      const told = () => lines().map((line) => line.replace('cccc••••3333', '').trim())
      await waitFor(() => {
        for (const line of told()) all.add(line)
        // None is said twice, and each language says it in its own words.
        expect(all.size).toBe(CODE_STATES.length * (at + 1))
      })
      expect(told().filter((line) => line === '' || line.startsWith('code.'))).toEqual([])
    }
    await showLanguage('en', ['redeem'])
  })

  it('counts credits as the account does', async () => {
    await openRedeem({
      'redeem.batches': () => [
        batch('done', [
          { state: 'redeemed', accountId: nova.id, amount: 500_000, unit: 'points' },
          { state: 'redeemed', accountId: usd.id, amount: 2.5, unit: 'usd' },
          { state: 'redeemed', accountId: makeRow(9).id, amount: 500_000, unit: 'points' },
          { state: 'redeemed', kind: 'subscription' },
          { state: 'redeemed', kind: 'VIP 30d' },
          { state: 'redeemed' },
        ]),
      ],
    })
    await screen.findByRole('article')
    await screen.findByText('Nova')
    expect(lines()).toEqual([
      'cccc••••3333 Redeemed: $1.00 credited. Nova',
      'cccc••••3333 Redeemed: $2.50 credited. Dollar',
      'cccc••••3333 Redeemed: 500,000 points credited. ',
      'cccc••••3333 Redeemed: a subscription. ',
      'cccc••••3333 Redeemed: VIP 30d. ',
      'cccc••••3333 Redeemed. ',
    ])
  })

  it('tells why, and what the site itself said', async () => {
    await openRedeem({
      'redeem.batches': () => [
        batch('done', [
          {
            state: 'refused',
            accountId: nova.id,
            failure: { class: 'refused', detail: 'only for new users' },
          },
          { state: 'failed', accountId: nova.id, failure: { class: 'network' } },
          {
            state: 'needs-you',
            accountId: nova.id,
            failure: { class: 'proof', reason: 'turnstile' },
          },
          {
            state: 'unknown',
            accountId: nova.id,
            failure: { class: 'interrupted', reason: 'uncertain' },
          },
        ]),
      ],
    })
    await screen.findByText('The site says: only for new users')
    await screen.findByText(/^api\.nova\.example could not be reached\./)
    screen.getByText('The site wants proof of a person, which only its own page can take.')
    expect((await screen.findByRole('link', { name: 'Open site' })).getAttribute('href')).toBe(
      'https://api.nova.example/t',
    )
    expect(screen.getByRole('status', { name: '' }).textContent).toBe(
      '1 refused · 1 waiting for you · 1 outcome not known · 1 did not arrive',
    )
    // The words every failure has are about something else.
    expect(screen.queryByText(/Refresh/)).toBeNull()
  })

  it('sends again only what may be sent again', async () => {
    const codes = CODE_STATES.map((state) => ({ state }))
    const { user, sent } = await openRedeem({ 'redeem.batches': () => [batch('done', codes)] })
    await user.click(await screen.findByRole('button', { name: 'Try 3 codes again' }))
    const picks = ['limited', 'needs-you', 'failed'].map((state) =>
      CODE_STATES.indexOf(state as CodeState),
    )
    expect(sent('redeem.retry')).toEqual([{ batchId, picks }])
  })

  it('asks once more about what is unknown, by a button that does not say it is sent', async () => {
    const codes = CODE_STATES.map((state) => ({ state }))
    const { user, sent } = await openRedeem({ 'redeem.batches': () => [batch('done', codes)] })
    await user.click(await screen.findByRole('button', { name: 'Ask again about 1 code' }))
    expect(sent('redeem.retry')).toEqual([{ batchId, picks: [CODE_STATES.indexOf('unknown')] }])
  })

  it('that is over is removed on request; a failure says so', async () => {
    const { user, sent } = await openRedeem({
      'redeem.batches': () => [batch('stopped', [{}])],
      'redeem.forget': () => raise({ class: 'storage' }),
    })
    await screen.findByText('Stopped · 1 not sent')
    await user.click(screen.getByRole('button', { name: 'Remove from this list' }))
    await screen.findByText('Stored data not readable')
    expect(sent('redeem.forget')).toEqual([{ batchId }])
  })

  it('of earlier shows its codes on request', async () => {
    const older = batch('done', [{ state: 'used' }], { id: `run_${'2'.repeat(32)}` })
    const { user } = await openRedeem({
      'redeem.batches': () => [batch('done', [{ state: 'redeemed' }]), older],
    })
    const [, article] = await screen.findAllByRole('article')
    const part = within(article!)
    const toggle = part.getByRole('button', { name: /^1 code/ })
    expect(toggle.getAttribute('aria-expanded')).toBe('false')
    expect(part.queryAllByRole('listitem')).toEqual([])
    await user.click(toggle)
    expect(part.getAllByRole('listitem')).toHaveLength(1)
    part.getByText(/Used before, the site says\./)
  })
})
