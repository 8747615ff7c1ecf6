import { expect, test } from './fixtures'
import { AutomationSettings } from './pages/automation-settings'
import { createReceiver } from './receivers/receiver'
import { keptOnDisk, listenToConsoles, shownIn } from './support/clear-text'
import { CHANNEL_CASES } from './support/channel-cases'
import { notificationsOf } from './support/tab-watch'

const SAMPLE = { title: 'Relaydeck: test', message: 'This is a test. Notices arrive here.' }
const SAMPLE_ZH = { title: 'Relaydeck：测试', message: '这是一条测试消息。通知会发送到这里。' }

for (const one of CHANNEL_CASES) {
  test(`${one.place}: set up, tested, refused, removed, and nothing typed is shown again`, async ({
    extension,
    farm,
    options,
  }) => {
    const said = listenToConsoles(extension)
    const receiver = createReceiver(one.kind)
    farm.add('service.test', receiver)
    const settings = await AutomationSettings.open(extension)
    const row = settings.channel(one.place)
    await expect(row).toContainText('not set up')
    await settings.setUp(one.place, one.fields(farm.origin('service.test')))
    expect(receiver.requests, 'setting up sends nothing').toEqual([])
    await settings.test(one.place)
    await expect(row).toContainText(`${one.place} took a sample.`)
    expect(receiver.requests).toHaveLength(1)
    one.expectNotice(receiver.requests[0]!, SAMPLE)

    const { react } = receiver
    receiver.react = () => one.refusal
    await settings.test(one.place)
    await expect(row).toContainText(one.words)
    await expect(row).toContainText('Last notice failed')
    expect(receiver.requests, 'a refusal is not asked for again').toHaveLength(2)

    // In other words than ASCII it arrives as readable.
    receiver.react = react
    await extension.send(options, 'settings.set', { edit: { language: 'zh-CN' } })
    expect(await extension.send(options, 'notices.test', { to: one.kind })).toMatchObject({
      ok: true,
    })
    one.expectNotice(receiver.requests[2]!, SAMPLE_ZH)
    await extension.send(options, 'settings.set', { edit: { language: 'en' } })

    await settings.page.reload()
    await expect(row.getByRole('switch')).toBeChecked()
    await settings.fillChannel(one.place, {})
    const channels = await extension.send(options, 'notices.channels', {})
    const everything = [
      await shownIn(extension),
      await keptOnDisk(options),
      JSON.stringify(channels),
      ...said,
    ].join('\n')
    expect(one.secrets.filter((secret) => everything.includes(secret))).toEqual([])

    // Nothing typed leaves it as it is.
    await settings.saveChannel()
    await expect(settings.panel).toBeHidden()
    await settings.test(one.place)
    await expect(row).toContainText(`${one.place} took a sample.`)
    one.expectNotice(receiver.requests[3]!, SAMPLE)

    await row.getByRole('button', { name: `Remove ${one.place}` }).click()
    await settings.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(row).toContainText('not set up')
    expect(await extension.send(options, 'notices.channels', {})).toEqual({ ok: true, value: [] })
  })
}

test('what is missing or wrong is said next to its field, before anything is sent', async ({
  extension,
  farm,
  options,
}) => {
  const receiver = createReceiver('webhook')
  farm.add('service.test', receiver)
  const origin = farm.origin('service.test')
  const wrong = [
    ['Webhook', { Address: '' }, 'Address', /./],
    ['Webhook', { Address: 'ftp://service.test/in' }, 'Address', /./],
    ['Webhook', { Address: `http://{title}.test/in` }, 'Address', /must not depend on the notice/],
    ['Telegram', { 'Bot token': '', 'Chat ID': '1', 'Another server': origin }, 'Bot token', /./],
    [
      'Telegram',
      { 'Bot token': 'not a token', 'Chat ID': '1', 'Another server': origin },
      'Bot token',
      /cannot be a token/,
    ],
    [
      'Telegram',
      { 'Bot token': '1:a', 'Chat ID': '1', 'Another server': `${origin}/path` },
      'Another server',
      /only the server, without a path/,
    ],
    ['Feishu', { 'Webhook address or key': 'no key' }, 'Webhook address or key', /neither/],
    ['ntfy', { Topic: `${origin}/` }, 'Topic', /names no topic/],
  ] as const
  const settings = await AutomationSettings.open(extension)
  for (const [place, fields, label, sentence] of wrong) {
    await settings.fillChannel(place, fields)
    await settings.saveChannel()
    const field = settings.panel.getByLabel(new RegExp(`^${label}`))
    await expect(field, `${place}: ${JSON.stringify(fields)}`).toBeFocused()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(sentence)
    await settings.panel.getByRole('button', { name: 'Cancel' }).click()
    await expect(settings.channel(place)).toContainText('not set up')
  }
  expect(await extension.send(options, 'notices.channels', {})).toEqual({ ok: true, value: [] })
  expect(receiver.requests).toEqual([])
})

test('notifications of the browser are off, and shown only when switched on', async ({
  extension,
  options,
}) => {
  const settings = await AutomationSettings.open(extension)
  const browser = settings.switch('Notices', 'Notifications of the browser')
  await expect(browser).not.toBeChecked()
  for (const event of await settings
    .section('Notices')
    .getByRole('group', { name: 'Tell me when' })
    .getByRole('switch')
    .all()) {
    await expect(event).not.toBeChecked()
  }
  expect(await notificationsOf(extension)).toBe(0)
  await settings.choose('Notices', 'Notifications of the browser')
  expect(await notificationsOf(extension), 'switching on shows nothing').toBe(0)
  await settings.section('Notices').getByRole('button', { name: 'Show a sample' }).click()
  await expect(settings.section('Notices')).toContainText('A sample was shown.')
  await expect.poll(() => notificationsOf(extension)).toBe(1)
  await extension.stopWorker()
  await settings.page.reload()
  await expect(browser).toBeChecked()
  await options.bringToFront()
})
