import { describe, expect, test } from 'vitest'

import { noticeHandlers } from '@/src/background/automation/handlers/notices'
import { automationSettingsHandlers } from '@/src/background/automation/handlers/settings'
import { warningHandlers } from '@/src/background/automation/handlers/warnings'
import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { CHANNEL_KINDS } from '@/src/domain/notice'
import type { Warning } from '@/src/domain/warning'
import { automationMessages } from '@/src/messaging/automation/settings'
import { createDesk } from '@/src/messaging/server'
import { createAutomationSettings } from '@/src/services/automation/settings'

import { SECRETS } from './samples'
import { noticeWorld } from './world'

const WARNING: Warning = {
  key: 'low-balance acc',
  kind: 'low-balance',
  accountId: `acc_${'0'.repeat(32)}`,
}

/** The door of the worker for these messages, and what happened behind it. */
async function open() {
  const world = await noticeWorld()
  const happened: string[] = []
  const note = (what: string) => () => void happened.push(what)
  const { 'automation.popup': _, ...messages } = automationMessages
  const desk = createDesk(messages, {
    ...noticeHandlers(world.notices, note('channels')),
    ...warningHandlers({
      list: () => Promise.resolve([WARNING]),
      putAway: (keys) => {
        happened.push(`away: ${keys.join()}`)
        return Promise.resolve()
      },
    }),
    ...automationSettingsHandlers({
      settings: createAutomationSettings({ vault: world.vault, now: () => world.clock.nowMs }),
      badge: {
        update: () => {
          happened.push('badge')
          return Promise.reject(new Error('no toolbar'))
        },
      },
      replan: note('replan'),
      announce: note('announce'),
    }),
  })
  const ask = (name: string, input: unknown = {}) => desk(name, input)
  return { world, ask, happened }
}

describe('settings', () => {
  test('are set, and everybody who works by them is told', async () => {
    const { ask, happened } = await open()
    await expect(ask('automation.settings')).resolves.toEqual({
      ok: true,
      value: DEFAULT_AUTOMATION,
    })
    await expect(ask('automation.set', { edit: { badge: 'total' } })).resolves.toEqual({
      ok: true,
      value: { ...DEFAULT_AUTOMATION, badge: 'total' },
    })
    expect(happened).toEqual(['announce', 'replan', 'badge'])
  })

  test('that are refused change nothing', async () => {
    const { ask, happened } = await open()
    const checkIn = { ...DEFAULT_AUTOMATION.checkIn, to: DEFAULT_AUTOMATION.checkIn.from }
    await expect(ask('automation.set', { edit: { checkIn } })).resolves.toMatchObject({
      ok: false,
      failure: { class: 'input', reason: 'window-empty', field: 'checkIn.to' },
    })
    expect(happened).toEqual([])
  })
})

test('warnings are listed and put away', async () => {
  const { ask, happened } = await open()
  await expect(ask('warnings.list')).resolves.toEqual({ ok: true, value: [WARNING] })
  await expect(ask('warnings.putAway', { keys: ['a', 'b'] })).resolves.toEqual({
    ok: true,
    value: {},
  })
  expect(happened).toEqual(['away: a,b'])
})

describe('channels', () => {
  test('are saved, tested, listed and removed', async () => {
    const { world, ask, happened } = await open()
    const config = world.configOf('ntfy')
    const origin = world.origins.ntfy
    await expect(ask('notices.originOf', { config })).resolves.toEqual({
      ok: true,
      value: { origin },
    })
    expect([world.requests(), happened]).toEqual([0, []])
    await ask('notices.save', { kind: 'ntfy', enabled: true, config })
    await expect(ask('notices.test', { to: 'ntfy' })).resolves.toEqual({ ok: true, value: {} })
    await expect(ask('notices.channels')).resolves.toEqual({
      ok: true,
      value: [
        { kind: 'ntfy', enabled: true, origin, granted: true, last: { atMs: world.clock.nowMs } },
      ],
    })
    await ask('notices.remove', { kind: 'ntfy' })
    await expect(ask('notices.channels')).resolves.toEqual({ ok: true, value: [] })
    expect([world.requests(), happened]).toEqual([1, ['channels', 'channels']])
  })

  test('are refused with the field at fault, and with no word of what was typed', async () => {
    const { world, ask, happened } = await open()
    const answers = [
      await ask('notices.originOf', {
        config: { kind: 'feishu', address: `${SECRETS[0]} ` + '!' },
      }),
      await ask('notices.save', { kind: 'ntfy', enabled: true, config: { kind: 'ntfy' } }),
    ]
    world.granted.clear()
    for (const kind of CHANNEL_KINDS) {
      const config = world.configOf(kind)
      answers.push(await ask('notices.save', { kind, enabled: true, config }))
    }
    expect(answers[0]).toMatchObject({ failure: { reason: 'malformed-key', field: 'address' } })
    expect(answers[1]).toMatchObject({ failure: { class: 'input', reason: 'malformed' } })
    for (const answer of answers.slice(2)) {
      expect(answer).toMatchObject({ failure: { class: 'access', reason: 'no-permission' } })
    }
    for (const secret of SECRETS) expect(JSON.stringify(answers)).not.toContain(secret)
    expect(happened).toEqual([])
  })
})
