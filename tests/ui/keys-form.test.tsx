// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'

import { raise } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'
import { useKeyChoices } from '@/src/ui/features/keys/list-choices'

import { openPage, press } from './options-harness'
import { BARE, FULL, makeKey, makeList, withKeys } from './support/make-key'
import { makeRow } from './support/make-row'

const nova = makeRow(1, { name: 'Nova', exchangeRate: 7 })
const luna = makeRow(2, { name: 'Luna', unit: 'usd' })
const SECRET = 'sk-whole-secret-of-a-key'
const CREATE = `#/keys/create?account=${nova.id}`

type Given = Parameters<typeof withKeys>[2]

beforeEach(() => {
  useKeyChoices.setState(useKeyChoices.getInitialState())
})

const made = { keyId: '9', secret: 'known' as const }

const openCreate = (given: Given = {}, list: Parameters<typeof makeList>[2] = {}) =>
  openPage(CREATE, withKeys([nova], [makeList(nova, [], list)], given))

async function panel() {
  return within(await screen.findByRole('complementary'))
}

/** By the cross at the top, as by the button at the bottom. */
async function leave({ user }: Awaited<ReturnType<typeof openPage>>): Promise<void> {
  await user.click((await panel()).getAllByRole('button', { name: 'Close' })[0]!)
}

async function field(name: string): Promise<HTMLElement> {
  return (await panel()).findByRole('textbox', { name: new RegExp(`^${name}`) })
}

describe('creating a key', () => {
  it('sends the limits in the account’s own unit', async () => {
    const page = await openCreate({ 'keys.create': () => made })
    await page.user.type(await field('Name'), 'laptop')
    const form = await panel()
    await page.user.selectOptions(form.getByRole('combobox', { name: /^Group/ }), 'vip')
    form.getByText('Paid')
    await page.user.click(form.getByRole('switch', { name: 'Unlimited quota' }))
    await page.user.type(await field('Quota left'), '10')
    form.getByText('That is ¥70.00 · 5,000,000 points.')
    await page.user.selectOptions(form.getByRole('combobox', { name: 'In' }), 'Points')
    expect((await field('Quota left')).getAttribute('value')).toBe('5000000')
    await page.user.type(form.getByRole('searchbox', { name: 'Models' }), 'mini')
    await page.user.click(form.getByRole('checkbox', { name: 'gpt-5-mini' }))
    await page.user.type(await field('IP addresses'), '10.0.0.0/8{Enter}192.0.2.7')
    await page.user.selectOptions(form.getByRole('combobox', { name: 'Expires' }), 'In 30 days')
    await press(page, 'Create key')
    await screen.findByText('laptop was created at Nova')
    const [sent] = page.sent('keys.create') as [
      { accountId: string; draft: { expiresAtMs: number }; requestId: string },
    ]
    expect(sent.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(sent).toMatchObject({
      accountId: nova.id,
      draft: {
        name: 'laptop',
        remaining: 5_000_000,
        modelLimits: ['gpt-5-mini'],
        ipLimits: ['10.0.0.0/8', '192.0.2.7'],
        group: 'vip',
      },
    })
    expect((sent.draft.expiresAtMs - Date.now()) / 86_400_000).toBeCloseTo(30, 1)
  })

  it('asks nothing of the site while a field is wrong, and goes to the first', async () => {
    const page = await openCreate()
    const form = await panel()
    await page.user.type(await field('IP addresses'), '10.0.0.1{Enter}10.0.0')
    await press(page, 'Create key')
    form.getByText('Enter a name.')
    form.getByText('Not an address this site takes: 10.0.0')
    expect(document.activeElement).toBe(await field('Name'))
    await page.user.type(await field('Name'), '一二三四五六七八九十百')
    form.getByText(/^33 of 30 bytes/)
    form.getByText('The name is too long for this site.')
    expect(page.sent('keys.create')).toEqual([])
  })

  it('shows only the fields the family has', async () => {
    const create = ['name', 'group'] as const
    const features = { ...FULL, create: [...create], groups: 'required' as const }
    await openCreate({}, { features })
    const form = await panel()
    await field('Name')
    form.getByRole('combobox', { name: /^Group/ })
    expect(form.queryByRole('switch', { name: 'Unlimited quota' })).toBeNull()
    expect(form.queryByRole('combobox', { name: 'Expires' })).toBeNull()
    expect(form.queryByRole('searchbox', { name: 'Models' })).toBeNull()
    expect(form.queryByRole('textbox', { name: 'IP addresses' })).toBeNull()
  })

  it('sends the same request id for the same values, and another one for others', async () => {
    const page = await openCreate({
      'keys.create': () => raise({ class: 'interrupted', reason: 'uncertain' }),
    })
    await page.user.type(await field('Name'), 'laptop')
    await press(page, 'Create key')
    await screen.findByText(/Nothing is sent twice by itself/)
    await press(page, 'Create key')
    await page.user.type(await field('Name'), ' 2')
    await press(page, 'Create key')
    const ids = (page.sent('keys.create') as { requestId: string }[]).map((one) => one.requestId)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('marks the field the site does not accept', async () => {
    const page = await openCreate({
      'keys.create': () => raise({ class: 'input', field: 'draft.name' }),
    })
    await page.user.type(await field('Name'), 'laptop')
    await press(page, 'Create key')
    await screen.findByText('The site does not accept this name.')
  })

  it('goes on without what the site does not tell', async () => {
    const page = await openCreate({
      'keys.create': () => made,
      'keys.options': () => ({
        features: FULL,
        unit: 'points',
        quotaPerUnit: 500_000,
        groups: null,
        models: null,
        failure: { class: 'server', httpStatus: 500 },
      }),
    })
    await screen.findByText('The site failed')
    const form = await panel()
    await page.user.type(await field('Name'), 'laptop')
    await page.user.type(form.getByRole('searchbox', { name: 'Models' }), 'gpt-x')
    await page.user.click(form.getByRole('button', { name: 'Add gpt-x' }))
    await press(page, 'Create key')
    await waitFor(() => {
      expect(page.sent('keys.create')).toMatchObject([{ draft: { modelLimits: ['gpt-x'] } }])
    })
  })

  it('asks before typed text is lost, also when another place is gone to', async () => {
    const page = await openCreate()
    await page.user.type(await field('Name'), 'laptop')
    await leave(page)
    const dialog = await screen.findByRole('dialog', { name: 'Discard what you typed?' })
    await page.user.click(within(dialog).getByRole('button', { name: 'Keep editing' }))
    location.hash = '#/keys/repair'
    const again = await screen.findByRole('dialog', { name: 'Discard what you typed?' })
    expect((await field('Name')).getAttribute('value')).toBe('laptop')
    await page.user.click(within(again).getByRole('button', { name: 'Discard' }))
    await screen.findByRole('complementary', { name: 'Repair missing keys' })
  })
})

describe('a new key that is shown once', () => {
  const once = { features: { ...FULL, secret: 'once' as const } }

  async function createOnce(given: Given = {}) {
    const page = await openCreate(
      { 'keys.create': () => made, 'keys.reveal': () => ({ key: SECRET }), ...given },
      once,
    )
    await page.user.type(await field('Name'), 'laptop')
    await press(page, 'Create key')
    await screen.findByText(/shows this key this once only/)
    return page
  }

  it('is not lost by accident', async () => {
    const page = await createOnce()
    expect(document.body.innerHTML).not.toContain(SECRET)
    await leave(page)
    const dialog = await screen.findByRole('dialog', { name: 'Close without keeping the key?' })
    await page.user.click(within(dialog).getByRole('button', { name: 'Go back' }))
    location.hash = '#/keys/repair'
    await screen.findByRole('complementary', { name: 'New key' })
    await leave(page)
    await page.user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Close anyway' }),
    )
    await waitFor(() => {
      expect(screen.queryByRole('complementary', { name: 'New key' })).toBeNull()
    })
  })

  it('may be left once it was copied', async () => {
    const page = await createOnce()
    await press(page, 'Copy key')
    await waitFor(async () => {
      expect(await navigator.clipboard.readText()).toBe(SECRET)
    })
    await leave(page)
    await waitFor(() => {
      expect(screen.queryByRole('complementary', { name: 'New key' })).toBeNull()
    })
  })

  it('that cannot be told from others says so', async () => {
    const page = await openCreate({ 'keys.create': () => ({ keyId: null, secret: 'lost' }) })
    await page.user.type(await field('Name'), 'laptop')
    await press(page, 'Create key')
    await screen.findByText('laptop was created, but cannot be told from others')
  })
})

describe('editing a key', () => {
  const key = makeKey(nova.id, 1, {
    name: 'laptop',
    remaining: complete(1_234_567),
    expiresAtMs: Date.now() + 86_400_000,
    ipLimits: ['192.0.2.7'],
  })
  const openEdit = (given: Given = {}, features = FULL, hash = `#/keys/edit/${nova.id}/1`) =>
    openPage(hash, withKeys([nova], [makeList(nova, [key], { features })], given))

  it('sends what was changed and nothing else, and stays open', async () => {
    const page = await openEdit({ 'keys.update': () => ({}) })
    await page.user.clear(await field('Name'))
    await page.user.type(await field('Name'), 'desk')
    await press(page, 'Save')
    await (await panel()).findByText('Saved')
    expect(page.sent('keys.update')).toEqual([
      { key: { accountId: nova.id, keyId: '1' }, edit: { name: 'desk' } },
    ])
  })

  it('sends nothing when nothing was changed, whatever the currency', async () => {
    const page = await openEdit()
    await field('Name')
    const form = await panel()
    await page.user.selectOptions(form.getByRole('combobox', { name: 'In' }), 'Yuan')
    await page.user.selectOptions(form.getByRole('combobox', { name: 'In' }), 'US dollars')
    await press(page, 'Save')
    await form.findByText('Saved')
    expect(page.sent('keys.update')).toEqual([])
  })

  it('is made to a new key with the same limits by duplicating', async () => {
    const hash = `#/keys/duplicate/${nova.id}/1`
    const page = await openEdit({ 'keys.create': () => made }, FULL, hash)
    expect((await field('Name')).getAttribute('value')).toBe('laptop copy')
    await press(page, 'Create key')
    await waitFor(() => {
      expect(page.sent('keys.create')).toMatchObject([
        { draft: { name: 'laptop copy', remaining: 1_234_567, ipLimits: ['192.0.2.7'] } },
      ])
    })
  })

  it('says so when the key is not there any more', async () => {
    await openEdit({}, FULL, `#/keys/edit/${nova.id}/77`)
    await screen.findByText(/not in the account’s list/)
  })
})

describe('creating for several accounts', () => {
  const bare = makeRow(3, { name: 'Bare' })
  const short = makeRow(4, { name: 'Short' })
  const accounts = [nova, luna, bare, short]
  const lists = [
    makeList(nova, [makeKey(nova.id, 1, { name: 'laptop' })]),
    makeList(luna, [makeKey(luna.id, 2, { name: 'phone' })]),
    makeList(bare, [], { features: BARE }),
    makeList(short, [makeKey(short.id, 3, { name: 'tiny' })], {
      features: { ...FULL, create: ['name', 'group'] },
    }),
  ]

  it('shows what each account gets and leaves out who would get less', async () => {
    const page = await openPage(
      '#/keys',
      withKeys(accounts, lists, {
        'keys.createMany': ({ accountIds }) => ({
          outcomes: accountIds.map((accountId) =>
            accountId === luna.id
              ? { accountId, failure: { class: 'refused' as const } }
              : { accountId, created: made },
          ),
        }),
      }),
    )
    await page.user.click(await screen.findByRole('checkbox', { name: 'Select all shown keys' }))
    await page.user.click(screen.getByRole('button', { name: 'Create for these accounts' }))
    const form = await panel()
    expect(form.queryByText(/Bare/)).toBeNull()
    await page.user.type(await field('Name'), 'team')
    await page.user.click(form.getByRole('switch', { name: 'Unlimited quota' }))
    await page.user.type(await field('Quota left'), '2')
    form.getByText('Left out: it has no such limit')
    expect(form.getAllByText('$2.00 · never expires')).toHaveLength(2)
    await press(page, 'Create 2 keys')
    await screen.findByText('1 key created')
    form.getByText('The site said no')
    expect(page.sent('keys.createMany')).toMatchObject([
      { accountIds: [nova.id], draft: { name: 'team', remaining: 1_000_000 } },
      { accountIds: [luna.id], draft: { name: 'team', remaining: 2 } },
    ])
    await press(page, 'Try 1 again')
    expect(page.sent('keys.createMany').at(-1)).toMatchObject({ accountIds: [luna.id] })
  })
})
