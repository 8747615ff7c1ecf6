// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { type AutomationSettings, DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { raise } from '@/src/domain/failure'
import type { ChannelView } from '@/src/ui/features/settings/channel-panel'
import { CHANNEL_FIELDS, CHANNEL_KINDS_SHOWN } from '@/src/ui/features/settings/channel-fields'

import { type Answers, openPage } from './options-harness'

/** The first page of a file takes its time. */
const PATIENCE = { timeout: 10_000 }

const SECRET = 'a-very-secret-key'
const ORIGIN = 'https://hooks.example'

const wecom: ChannelView = {
  kind: 'wecom',
  enabled: true,
  origin: 'https://qyapi.weixin.qq.com',
  granted: true,
}

type Notices = AutomationSettings['notices']

async function openNotices(
  channels: readonly ChannelView[] = [],
  given: Answers = {},
  notices: Notices = DEFAULT_AUTOMATION.notices,
) {
  let stored: AutomationSettings = { ...DEFAULT_AUTOMATION, notices }
  const page = await openPage('#/settings', {
    'automation.settings': () => stored,
    'automation.set': ({ edit }) => {
      stored = { ...stored, ...(edit as Partial<AutomationSettings>) }
      return stored
    },
    'notices.channels': () => [...channels],
    'notices.originOf': () => ({ origin: ORIGIN }),
    'notices.save': () => ({}),
    'notices.remove': () => ({}),
    'notices.test': () => ({}),
    ...given,
  })
  await screen.findByRole('list', { name: 'Services' }, PATIENCE)
  const press = async (name: string) => {
    await page.user.click(await screen.findByRole('button', { name }))
  }
  return { ...page, press }
}

const panel = () => within(screen.getByRole('complementary'))
const field = (label: RegExp) => panel().getByLabelText<HTMLInputElement>(label)
const type = (label: RegExp, value: string) => fireEvent.input(field(label), { target: { value } })
const service = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name })

/** Waits until it is known where what is typed would send to. */
const known = () => panel().findByText(/^Sends to hooks\.example\./)

describe('events', () => {
  it('are off at first, are chosen one by one, and leave out what does not happen yet', async () => {
    const { user, sent } = await openNotices()
    const events = within(screen.getByRole('group', { name: 'Tell me when' }))
    const switches = events.getAllByRole<HTMLInputElement>('switch')
    expect(switches.map(({ checked }) => checked)).toEqual([false, false, false, false])
    await user.click(events.getByRole('switch', { name: 'A balance is low' }))
    await screen.findByText('Saved')
    const { notices } = DEFAULT_AUTOMATION
    expect(sent('automation.set')).toEqual([
      { edit: { notices: { ...notices, events: { ...notices.events, 'low-balance': true } } } },
    ])
    await screen.findByText('No place is switched on, so nothing is sent.')
  })

  it('that are all off are said to send nothing', async () => {
    await openNotices([wecom])
    screen.getByText('No event is switched on, so nothing is sent.')
  })
})

describe('notifications of the browser', () => {
  const on = { ...DEFAULT_AUTOMATION.notices, browser: true }
  const browser = () => service('Notifications of the browser')

  it('are asked for in the click and then switched on', async () => {
    const { user, sent, request } = await openNotices()
    await user.click(browser())
    expect(request).toHaveBeenCalledWith({ permissions: ['notifications'] })
    await waitFor(() => {
      expect(sent('automation.set')).toEqual([{ edit: { notices: on } }])
    })
  })

  it('stay off when they are refused, which is said', async () => {
    const { user, sent, request } = await openNotices()
    request.mockResolvedValue(false)
    await user.click(browser())
    await screen.findByText('Notifications were not allowed')
    expect(browser().checked).toBe(false)
    expect(sent('automation.set')).toEqual([])
  })

  it('are switched off without a question', async () => {
    const { user, sent, request } = await openNotices([], {}, on)
    await user.click(browser())
    await waitFor(() => {
      expect(sent('automation.set')).toEqual([{ edit: { notices: DEFAULT_AUTOMATION.notices } }])
    })
    expect(request).not.toHaveBeenCalled()
  })

  it('that the browser no longer allows say so, and can be allowed again', async () => {
    const page = await openNotices([], {}, on)
    page.contains.mockResolvedValue(false)
    await page.client.invalidateQueries({ queryKey: ['notifications-granted'] })
    await screen.findByText('Notifications are no longer allowed')
    page.contains.mockResolvedValue(true)
    await page.press('Allow again')
    expect(page.request).toHaveBeenCalledWith({ permissions: ['notifications'] })
    await waitFor(() => {
      expect(screen.queryByText('Notifications are no longer allowed')).toBeNull()
    })
  })

  it('are tried with a sample', async () => {
    const { press, sent } = await openNotices([], {}, on)
    await press('Show a sample')
    await screen.findByText(/^A sample was shown\./)
    expect(sent('notices.test')).toEqual([{ to: 'browser' }])
  })

  it('that fail say why', async () => {
    const { press } = await openNotices(
      [],
      {
        'notices.test': () => raise({ class: 'access', reason: 'notifications-not-granted' }),
      },
      on,
    )
    await press('Show a sample')
    await screen.findByText('The browser does not let Relaydeck show notifications.')
  })
})

describe('setting a service up', () => {
  it.each(CHANNEL_KINDS_SHOWN)(
    '%s asks for what it needs, secrets in fields that hide them, none of them filled',
    async (kind) => {
      await openNotices()
      const buttons = screen.getAllByRole('button', { name: /^Set up / })
      fireEvent.click(buttons[CHANNEL_KINDS_SHOWN.indexOf(kind)]!)
      const form = screen.getByRole('complementary').querySelector('form')!
      const inputs = [...form.querySelectorAll('input')]
      expect(inputs.map(({ name, type: how, value }) => [name, how, value])).toEqual(
        CHANNEL_FIELDS[kind].map(({ name, isSecret }) => [
          name,
          isSecret ? 'password' : 'text',
          '',
        ]),
      )
    },
  )

  it('asks in the click for exactly where it sends to, and switches it on', async () => {
    const { press, sent, request } = await openNotices()
    await press('Set up WeCom')
    type(/^Webhook address or key/, SECRET)
    await known()
    expect(request).not.toHaveBeenCalled()
    await press('Save and switch on')
    expect(request).toHaveBeenCalledWith({ origins: ['https://hooks.example/*'] })
    await waitFor(() => {
      expect(sent('notices.save')).toEqual([
        { kind: 'wecom', enabled: true, config: { kind: 'wecom', address: SECRET } },
      ])
    })
    await waitFor(() => {
      expect(screen.queryByRole('complementary')).toBeNull()
    })
    // Known beforehand: nothing stood between the click and the question.
    expect(sent('notices.originOf')).toHaveLength(1)
  })

  it('keeps what is typed out of the document', async () => {
    const { press } = await openNotices()
    await press('Set up DingTalk')
    type(/^Webhook address or key/, SECRET)
    type(/^Signing secret/, `SEC${SECRET}`)
    await known()
    expect(document.body.innerHTML).not.toContain(SECRET)
  })

  it('looks where it would send to as soon as a field is left', async () => {
    const { press, sent } = await openNotices()
    await press('Set up Telegram')
    type(/^Bot token/, '1:a')
    type(/^Chat ID/, '42')
    fireEvent.blur(field(/^Chat ID/))
    await known()
    expect(sent('notices.originOf').at(-1)).toEqual({
      config: { kind: 'telegram', address: '', token: '1:a', chatId: '42' },
    })
  })

  it('saves nothing when access is refused', async () => {
    const { press, sent, request } = await openNotices()
    request.mockResolvedValue(false)
    await press('Set up ntfy')
    type(/^Topic/, 'my-topic')
    await known()
    await press('Save and switch on')
    await panel().findByText('Nothing was saved. Save again to be asked again.')
    expect(sent('notices.save')).toEqual([])
  })

  it.each([
    [{ class: 'input', reason: 'required', field: 'address' }, 'This is needed.'],
    [{ class: 'input', reason: 'no-topic', field: 'address' }, 'This names no topic.'],
    [{ class: 'input', reason: 'malformed-token', field: 'token' }, 'This cannot be a token.'],
  ] as const)('says %j at its field, asks nobody and saves nothing', async (failure, words) => {
    const { press, sent, request } = await openNotices([], {
      'notices.originOf': () => raise(failure),
    })
    await press('Set up ntfy')
    await press('Save and switch on')
    await panel().findByText(words)
    const wrong = field(failure.field === 'token' ? /^Access token/ : /^Topic/)
    expect(wrong.getAttribute('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(wrong)
    expect(request).not.toHaveBeenCalled()
    expect(sent('notices.save')).toEqual([])
  })

  it('that cannot be stored says why', async () => {
    const { press } = await openNotices([], { 'notices.save': () => raise({ class: 'storage' }) })
    await press('Set up WeCom')
    type(/^Webhook address or key/, SECRET)
    await known()
    await press('Save and switch on')
    await panel().findByText('Stored data not readable')
  })
})

describe('a service that is set up', () => {
  it('shows where it sends to and how the last notice went, and nothing secret', async () => {
    await openNotices([
      { ...wecom, last: { atMs: Date.now() - 180_000 - 30_000 } },
      {
        kind: 'ntfy',
        enabled: false,
        origin: 'https://ntfy.sh',
        granted: false,
        last: {
          atMs: Date.now() - 7_230_000,
          failure: { class: 'refused', reason: 'channel-refused' },
        },
      },
    ])
    expect(service('WeCom').checked).toBe(true)
    expect(service('ntfy').checked).toBe(false)
    screen.getByText('qyapi.weixin.qq.com')
    screen.getByText('ntfy.sh · access not granted')
    const told = within(screen.getByRole('list', { name: 'Services' }))
      .getAllByText(/^Last notice/)
      .map(({ textContent }) => textContent)
    expect(told).toEqual([
      'Last notice taken 3 min ago',
      'Last notice failed 2 hr ago · ntfy did not take the notice.',
    ])
    expect(screen.getAllByText('not set up')).toHaveLength(4)
  })

  it('is switched off at once, and on only with access', async () => {
    const page = await openNotices([wecom])
    await page.user.click(service('WeCom'))
    await waitFor(() => {
      expect(page.sent('notices.save')).toEqual([{ kind: 'wecom', enabled: false }])
    })
    expect(page.request).not.toHaveBeenCalled()

    const again = await openNotices([{ ...wecom, enabled: false }])
    await again.user.click(service('WeCom'))
    expect(again.request).toHaveBeenCalledWith({ origins: ['https://qyapi.weixin.qq.com/*'] })
    await waitFor(() => {
      expect(again.sent('notices.save')).toEqual([{ kind: 'wecom', enabled: true }])
    })
  })

  it('stays off when access is refused', async () => {
    const { user, sent, request } = await openNotices([{ ...wecom, enabled: false }])
    request.mockResolvedValue(false)
    await user.click(service('WeCom'))
    await screen.findByText('It stays off. Switch it on again to be asked again.')
    expect(sent('notices.save')).toEqual([])
    expect(service('WeCom').checked).toBe(false)
  })

  it('is changed as a whole or not at all', async () => {
    const { user, press, sent } = await openNotices([{ ...wecom, enabled: false }])
    await press('Change WeCom')
    expect(field(/^Webhook address or key/).value).toBe('')
    expect(field(/^Webhook address or key/).placeholder).toBe('stored')
    await user.click(panel().getByRole('button', { name: 'Save' }))
    await waitFor(() => {
      expect(screen.queryByRole('complementary')).toBeNull()
    })
    expect(sent('notices.save')).toEqual([])

    await press('Change WeCom')
    type(/^Webhook address or key/, SECRET)
    await known()
    await user.click(panel().getByRole('button', { name: 'Save' }))
    await waitFor(() => {
      expect(sent('notices.save')).toEqual([
        { kind: 'wecom', enabled: false, config: { kind: 'wecom', address: SECRET } },
      ])
    })
  })

  it('is tried with a sample', async () => {
    const { press, sent, request } = await openNotices([wecom])
    await press('Test WeCom')
    await screen.findByText('WeCom took a sample. Look whether it arrived.')
    expect(request).toHaveBeenCalledWith({ origins: ['https://qyapi.weixin.qq.com/*'] })
    expect(sent('notices.test')).toEqual([{ to: 'wecom' }])
  })

  it('that does not take a sample says so in its own words', async () => {
    const { press } = await openNotices([wecom], {
      'notices.test': () =>
        raise({ class: 'refused', reason: 'channel-refused', detail: 'robot not found' }),
    })
    await press('Test WeCom')
    await screen.findByText('WeCom did not take the notice.')
    screen.getByText('WeCom says: robot not found')
  })

  it('sends no sample when access is refused', async () => {
    const { press, sent, request } = await openNotices([{ ...wecom, granted: false }])
    request.mockResolvedValue(false)
    await press('Test WeCom')
    await screen.findByText('Nothing was sent. Test again to be asked again.')
    expect(sent('notices.test')).toEqual([])
  })

  it('is removed only after a question', async () => {
    const { press, sent } = await openNotices([wecom])
    await press('Remove WeCom')
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove WeCom?' }))
    expect(sent('notices.remove')).toEqual([])
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }))
    await waitFor(() => {
      expect(sent('notices.remove')).toEqual([{ kind: 'wecom' }])
    })
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull()
    })
  })
})

it('services that cannot be read say why', async () => {
  await openPage('#/settings', { 'notices.channels': () => raise({ class: 'storage' }) })
  await screen.findByText('Stored data not readable')
  expect(screen.queryByRole('list', { name: 'Services' })).toBeNull()
})
