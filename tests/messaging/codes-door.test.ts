import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { createCodeCards } from '@/src/background/automation/code-cards'
import { CODES_CHANNEL, MOST_FOUND } from '@/src/messaging/codes-channel'
import { createDoor, type Handlers } from '@/src/messaging/server'
import { onPageMessage } from '@/src/platform/codes-door'
import { onMessage } from '@/src/platform/door'

const CODE = '0123456789abcdef0123456789abcdef'
const ORIGIN = 'https://relay.example'

interface Sender {
  readonly id?: string
  readonly tab?: { readonly id?: number }
  readonly frameId?: number
  readonly url?: string
  readonly origin?: string
}

type Listener = (message: unknown, sender: Sender, respond: (answer: unknown) => void) => unknown

const page: Sender = {
  id: 'relaydeck',
  tab: { id: 5 },
  frameId: 0,
  url: `${ORIGIN}/console/topup`,
  origin: ORIGIN,
}

const found = { channel: CODES_CHANNEL, codes: [CODE] }
const taken = { ...found, take: true }

/** Both doors of the worker, as they are opened at its start. */
function openDoors(language: 'en' | 'zh-CN' | 'ja' = 'en') {
  const listeners: Listener[] = []
  Object.assign(fakeBrowser.runtime, { id: 'relaydeck' })
  Object.assign(fakeBrowser.runtime.onMessage, {
    addListener: (listener: Listener) => listeners.push(listener),
  })
  const put = vi.fn((_: readonly string[], __: string) => Promise.resolve())
  const openRedeem = vi.fn(() => Promise.resolve())
  const glance = vi.fn(() => Promise.resolve({ rows: [], damaged: [] }))
  const door = createDoor({ 'accounts.glance': glance } as unknown as Handlers)
  onMessage((message, caller) => (caller.isOwnPage ? door(message, caller) : null))
  const cards = createCodeCards({
    finder: { isOn: (origin) => Promise.resolve(origin === ORIGIN) },
    offers: { put, open: (codes) => Promise.resolve(codes.filter((code) => code !== 'known')) },
    language: () => Promise.resolve(language),
    openRedeem,
  })
  onPageMessage(CODES_CHANNEL, cards)
  /** What a sender gets: `silence` where no listener keeps the line open. */
  const say = async (message: unknown, sender: Sender) => {
    const answers = listeners.map(
      (listener) =>
        new Promise((resolve) => {
          if (listener(message, sender, resolve) !== true) resolve('silence')
        }),
    )
    return (await Promise.all(answers)).find((answer) => answer !== 'silence') ?? 'silence'
  }
  const nothing = () => {
    expect(put).not.toHaveBeenCalled()
    expect(openRedeem).not.toHaveBeenCalled()
    expect(glance).not.toHaveBeenCalled()
  }
  return { say, put, openRedeem, nothing }
}

beforeEach(() => {
  fakeBrowser.reset()
})

describe('the script on a page where it is switched on', () => {
  test.each([
    ['en', 'Relaydeck found a redemption code', 'Redeem…', 'Not now'],
    ['zh-CN', 'Relaydeck 发现了兑换码', '兑换…', '暂不'],
    ['ja', 'Relaydeck が引き換えコードを見つけました', '引き換える…', '今はしない'],
  ] as const)('is told the words of the card in %s', async (lang, title, redeem, later) => {
    const { say, put, openRedeem } = openDoors(lang)
    expect(await say(found, page)).toEqual({
      lang,
      title,
      redeem,
      later,
      masked: ['0123••••cdef'],
    })
    expect(put).not.toHaveBeenCalled()
    expect(openRedeem).not.toHaveBeenCalled()
  })

  test('is told of several how many there are, and nothing of what is known already', async () => {
    const { say } = openDoors()
    const codes = [CODE, 'known', CODE.replace('0', 'f')]
    expect(await say({ ...found, codes }, page)).toMatchObject({
      title: 'Relaydeck found 2 redemption codes',
      masked: ['0123••••cdef', 'f123••••cdef'],
    })
    expect(await say({ ...found, codes: ['known'] }, page)).toBe('silence')
  })

  test('may bring codes to the page for them', async () => {
    const { say, put, openRedeem } = openDoors()
    expect(await say(taken, page)).toBe('silence')
    expect(put).toHaveBeenCalledExactlyOnceWith([CODE], ORIGIN)
    expect(openRedeem).toHaveBeenCalledOnce()
  })
})

describe('nothing happens', () => {
  test.each<[string, Sender]>([
    [
      'a page of another site',
      { ...page, url: 'https://evil.example/', origin: 'https://evil.example' },
    ],
    [
      'the same host at another port',
      { ...page, url: `${ORIGIN}:8443/`, origin: `${ORIGIN}:8443` },
    ],
    [
      'the same host without TLS',
      { ...page, url: 'http://relay.example/', origin: 'http://relay.example' },
    ],
    ['a frame inside of the page', { ...page, frameId: 3 }],
    ['no frame that is known', { ...page, frameId: undefined as never }],
    ['another extension', { ...page, id: 'another' }],
    ['nobody', { ...page, id: undefined as never }],
    ['no tab', { ...page, tab: undefined as never }],
    ['a sandboxed page of the site', { ...page, origin: 'null' }],
    [
      'a frame of the site in a page of ours',
      {
        ...page,
        url: 'chrome-extension://relaydeck/options.html',
        origin: 'chrome-extension://relaydeck',
      },
    ],
    ['no address', { ...page, url: undefined as never, origin: undefined as never }],
    ['a file', { ...page, url: 'file:///home/me/relay.html', origin: 'null' }],
  ])('for %s', async (_, sender) => {
    const { say, nothing } = openDoors()
    expect(await say(found, sender)).toBe('silence')
    expect(await say(taken, sender)).toBe('silence')
    nothing()
  })

  test.each<[string, unknown]>([
    ['no codes', { channel: CODES_CHANNEL }],
    ['an empty list', { ...taken, codes: [] }],
    ['too many codes', { ...taken, codes: Array.from({ length: MOST_FOUND + 1 }, () => CODE) }],
    ['a code that is too long', { ...taken, codes: ['x'.repeat(257)] }],
    ['an empty code', { ...taken, codes: [''] }],
    ['codes that are no text', { ...taken, codes: [7] }],
    ['a list that is none', { ...taken, codes: CODE }],
    ['surplus fields', { ...taken, accountIds: ['acc'] }],
    ['an act that is unknown', { ...found, take: 'yes' }],
    ['another channel', { ...taken, channel: 'relaydeck.page' }],
    ['no channel', { codes: [CODE], take: true }],
    ['text', CODES_CHANNEL],
    ['nothing', null],
  ])('for a message with %s', async (_, message) => {
    const { say, nothing } = openDoors()
    expect(await say(message, page)).toBe('silence')
    nothing()
  })

  test('for the messages of our own pages, which have their own door', async () => {
    const { say, nothing } = openDoors()
    expect(await say({ name: 'accounts.glance', input: {} }, page)).toBe('silence')
    expect(await say({ ...found, name: 'accounts.glance', input: {} }, page)).toBe('silence')
    nothing()
  })

  test('when it cannot be found out whether it is switched on', async () => {
    const listeners: Listener[] = []
    Object.assign(fakeBrowser.runtime, { id: 'relaydeck' })
    Object.assign(fakeBrowser.runtime.onMessage, {
      addListener: (listener: Listener) => listeners.push(listener),
    })
    onPageMessage(CODES_CHANNEL, () => Promise.reject(new Error('the disk is full')))
    const answer = await new Promise((resolve) => {
      listeners[0]?.(found, page, resolve)
    })
    expect(answer).toBeUndefined()
  })
})
