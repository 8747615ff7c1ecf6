// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import { CODE_STATES, type CodeOffer, type CodeState } from '@/src/domain/redemption'
import { formatExact } from '@/src/ui/text/format'

import { makeRow } from './support/make-row'
import { luna, nova, offer, openRedeem, rows } from './support/redeem'

type Page = Awaited<ReturnType<typeof openRedeem>>

async function paste({ user }: Page, text: string): Promise<void> {
  const field = await screen.findByRole('textbox', { name: 'Paste text with codes' })
  fireEvent.input(field, { target: { value: text } })
  await user.click(screen.getByRole('button', { name: 'Find codes' }))
}

/** The codes that wait, once the names of accounts are there. */
async function found(): Promise<HTMLElement> {
  const region = await screen.findByRole('region', { name: /codes? found$/ })
  await waitFor(() => {
    const boxes = within(region).queryAllByRole('radio')
    expect(
      boxes.length > 0 || within(region).queryByText('No account can redeem codes'),
    ).toBeTruthy()
  })
  return region
}

describe('the page without anything', () => {
  it('says what it will hold', async () => {
    await openRedeem()
    await screen.findByText('No codes redeemed yet')
    screen.getByText('What became of each code you redeem will stand here.')
  })

  it('says why it could not be loaded and tries again', async () => {
    let isBroken = true
    const { user } = await openRedeem({
      'redeem.batches': () => (isBroken ? raise({ class: 'storage' }) : []),
    })
    await screen.findByText('Stored data not readable')
    isBroken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByText('No codes redeemed yet')
  })
})

describe('pasted text', () => {
  it('is looked through strictly, and leaves the page once its codes are found', async () => {
    const page = await openRedeem({ 'redeem.recognise': () => offer() })
    await paste(page, 'a secret code')
    within(await found()).getByText('Found in what you pasted. Nothing is sent until you say so.')
    expect(page.sent('redeem.recognise')).toEqual([{ text: 'a secret code', loose: false }])
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('')
    expect(document.body.innerHTML).not.toContain('a secret code')
  })

  it('that has no code is kept, and the looser way is told', async () => {
    const page = await openRedeem({ 'redeem.recognise': () => offer({ codes: [] }) })
    await paste(page, 'nothing here')
    await screen.findByText('No code found')
    screen.getByText(/Try any word of 32 characters/)
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('nothing here')
    await page.user.click(screen.getByRole('radio', { name: /^Any word of 32 characters/ }))
    await page.user.click(screen.getByRole('button', { name: 'Find codes' }))
    await screen.findByText(/has no word of 32 characters/)
    expect(page.sent('redeem.recognise')[1]).toEqual({ text: 'nothing here', loose: true })
  })

  it('must be there', async () => {
    const { user, sent } = await openRedeem()
    await user.click(await screen.findByRole('button', { name: 'Find codes' }))
    screen.getByText('Paste some text first.')
    expect(document.activeElement).toBe(screen.getByRole('textbox'))
    expect(sent('redeem.recognise')).toEqual([])
  })

  it('says why it could not be looked at', async () => {
    const page = await openRedeem({ 'redeem.recognise': () => raise({ class: 'internal' }) })
    await paste(page, 'text')
    await screen.findByText('Error in Relaydeck')
  })
})

describe('an offer that waits', () => {
  it('is shown at once with where it came from, and forgotten on request', async () => {
    let offered: CodeOffer | null = offer({ origin: 'https://api.nova.example' })
    const { user, sent } = await openRedeem({
      'redeem.offered': () => offered,
      'redeem.decline': () => {
        offered = null
        return {}
      },
    })
    within(await found()).getByText('Found at api.nova.example. Nothing is sent until you say so.')
    await user.click(screen.getByRole('button', { name: 'Forget these codes' }))
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: /found$/ })).toBeNull()
    })
    expect(sent('redeem.decline')).toEqual([{ offerId: 'offer_1' }])
    expect(sent('redeem.start')).toEqual([])
  })

  it('marks what is known, and picks what is worth sending', async () => {
    const knownAtMs = Date.UTC(2026, 10, 20, 10)
    const states: (CodeState | undefined)[] = [undefined, ...CODE_STATES]
    const codes = states.map((known) =>
      known === undefined ? { masked: 'new' } : { masked: `was ${known}`, known, knownAtMs },
    )
    await openRedeem({ 'redeem.offered': () => offer({ codes }) })
    const boxes = within(await found()).getAllByRole<HTMLInputElement>('checkbox')
    const picked = boxes.flatMap(({ checked }, at) => (checked ? codes[at]?.masked : []))
    expect(picked).toEqual(['new', 'was limited', 'was needs-you', 'was failed'])
    screen.getByRole('checkbox', {
      name: `was redeemed already redeemed on ${formatExact(knownAtMs, 'en')}`,
    })
  })

  it('goes to the one account that fits', async () => {
    const accounts = [
      { accountId: nova.id, fits: true },
      { accountId: luna.id, fits: false },
    ]
    const { user, sent } = await openRedeem({ 'redeem.offered': () => offer({ accounts }) })
    const region = within(await found())
    expect(
      region.getByRole<HTMLInputElement>('radio', { name: /^Nova .*fits where/ }).checked,
    ).toBe(true)
    await user.click(region.getByRole('checkbox', { name: 'aaaa••••1111' }))
    await user.click(region.getByRole('button', { name: 'Redeem 1 code at Nova' }))
    await waitFor(() => {
      expect(sent('redeem.start')).toEqual([
        { offerId: 'offer_1', picks: [1], accountIds: [nova.id] },
      ])
    })
  })

  it('goes to the only account there is', async () => {
    const accounts = [{ accountId: nova.id, fits: false }]
    const { user, sent } = await openRedeem({ 'redeem.offered': () => offer({ accounts }) })
    const region = within(await found())
    await user.click(region.getByRole('button', { name: 'Redeem 2 codes at Nova' }))
    await waitFor(() => {
      expect(sent('redeem.start')).toMatchObject([{ accountIds: [nova.id] }])
    })
  })

  it.each([
    ['none', []],
    ['several', [nova.id, luna.id]],
  ])('goes nowhere by itself when %s fit', async (_, fitting) => {
    const accounts = rows.map(({ id }) => ({ accountId: id, fits: fitting.includes(id) }))
    const { user, sent } = await openRedeem({ 'redeem.offered': () => offer({ accounts }) })
    const region = within(await found())
    await user.click(region.getByRole('button', { name: 'Redeem 2 codes' }))
    region.getByText('Choose where they go.')
    expect(document.activeElement).toBe(region.getByRole('radio', { name: /^Nova / }))
    expect(sent('redeem.start')).toEqual([])
  })

  it('needs at least one code', async () => {
    const { user, sent } = await openRedeem({ 'redeem.offered': () => offer() })
    const region = within(await found())
    await user.click(region.getByRole('button', { name: 'Select none' }))
    await user.click(region.getByRole('button', { name: 'Redeem 0 codes' }))
    region.getByText('Select at least one code.')
    expect(document.activeElement).toBe(region.getByRole('checkbox', { name: 'aaaa••••1111' }))
    await user.click(region.getByRole('button', { name: 'Select all' }))
    region.getByRole('button', { name: 'Redeem 2 codes' })
    expect(sent('redeem.start')).toEqual([])
  })

  it('says that no account can take it', async () => {
    await openRedeem({ 'redeem.offered': () => offer({ accounts: [] }) })
    const region = within(await found())
    region.getByText('No account can redeem codes')
    expect(region.getByRole('link', { name: 'Add account' }).getAttribute('href')).toBe(
      '#/accounts?add=1',
    )
    expect(region.queryByRole('button', { name: /^Redeem/ })).toBeNull()
  })

  it('that is held no longer says so', async () => {
    const { user } = await openRedeem({
      'redeem.offered': () => offer(),
      'redeem.start': () => raise({ class: 'not-found', reason: 'offer' }),
    })
    const region = within(await found())
    await user.click(region.getByRole('radio', { name: /^Luna / }))
    await user.click(region.getByRole('button', { name: 'Redeem 2 codes at Luna' }))
    await region.findByText('These codes are no longer held, because some time has passed.')
  })

  it('is searched through where there are many accounts', async () => {
    const many = Array.from({ length: 60 }, (_, at) => makeRow(at + 1))
    const { user } = await openRedeem({
      'accounts.glance': () => ({ rows: many, damaged: [] }),
      'redeem.offered': () =>
        offer({ accounts: many.map(({ id }) => ({ accountId: id, fits: false })) }),
    })
    const region = within(await found())
    region.getByText('and 10 more: search for them')
    expect(region.queryByRole('radio', { name: /^Relay 60 / })).toBeNull()
    await user.type(region.getByRole('searchbox', { name: 'Search accounts' }), 'relay 60')
    await user.click(region.getByRole('radio', { name: /^Relay 60 / }))
    region.getByRole('button', { name: 'Redeem 2 codes at Relay 60' })
    await user.type(region.getByRole('searchbox'), ' nowhere')
    region.getByText('No account matches the search.')
  })
})

describe('trying several accounts', () => {
  async function pickOrder(page: Page) {
    const region = within(await found())
    await page.user.click(region.getByRole('radio', { name: /^Try these in order/ }))
    await page.user.click(region.getByRole('checkbox', { name: /^Luna / }))
    await page.user.click(region.getByRole('checkbox', { name: /^Nova / }))
    return region
  }

  it('asks first, and says how many go where, in which order and at whose cost', async () => {
    const page = await openRedeem({ 'redeem.offered': () => offer() })
    const region = await pickOrder(page)
    await page.user.click(region.getByRole('button', { name: 'Redeem 2 codes' }))
    const dialog = within(await screen.findByRole('dialog'))
    dialog.getByRole('heading', { name: 'Try 2 codes at 2 accounts?' })
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Luna relay2.example',
      'Nova api.nova.example',
    ])
    dialog.getByText('Every try counts against the limit of its site.')
    await page.user.click(dialog.getByRole('button', { name: 'Go back' }))
    expect(page.sent('redeem.start')).toEqual([])

    await page.user.click(region.getByRole('button', { name: 'Redeem 2 codes' }))
    await page.user.click(await screen.findByRole('button', { name: 'Try in this order' }))
    await waitFor(() => {
      expect(page.sent('redeem.start')).toEqual([
        { offerId: 'offer_1', picks: [0, 1], accountIds: [luna.id, nova.id] },
      ])
    })
  })

  it('goes in another order on request', async () => {
    const page = await openRedeem({ 'redeem.offered': () => offer() })
    const region = await pickOrder(page)
    await page.user.click(region.getByRole('button', { name: 'Try Nova earlier' }))
    await page.user.click(region.getByRole('button', { name: 'Redeem 2 codes' }))
    await page.user.click(await screen.findByRole('button', { name: 'Try in this order' }))
    await waitFor(() => {
      expect(page.sent('redeem.start')).toMatchObject([{ accountIds: [nova.id, luna.id] }])
    })
  })

  it('asks nothing where only one is picked', async () => {
    const page = await openRedeem({ 'redeem.offered': () => offer() })
    const region = within(await found())
    await page.user.click(region.getByRole('radio', { name: /^Try these in order/ }))
    await page.user.click(region.getByRole('checkbox', { name: /^Luna / }))
    await page.user.click(region.getByRole('button', { name: 'Redeem 2 codes' }))
    await waitFor(() => {
      expect(page.sent('redeem.start')).toMatchObject([{ accountIds: [luna.id] }])
    })
  })
})
