// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { watchForCodes } from '@/src/content/find-codes'

import { byHand } from './trusted'

const CODE = '0123456789abcdef0123456789abcdef'
const OTHER = 'ffffffffffffffff0000000000000000'
const WORD = 'Gift-2026_abcdefghijklmnopqrst=='

const CARD = { lang: 'en', title: 'Redemption code found', redeem: 'Redeem…', later: 'Not now' }

const roots: ShadowRoot[] = []
let said: { codes: string[]; take?: true }[] = []
let answer: (codes: string[]) => Promise<unknown> | undefined

class Sheet {
  text = ''
  replaceSync(text: string) {
    this.text = text
  }
}

beforeAll(() => {
  // A browser has them; the package that stands in for one has not.
  vi.stubGlobal('CSSStyleSheet', Sheet)
  const attach = Reflect.get<Element, 'attachShadow'>(Element.prototype, 'attachShadow')
  Element.prototype.attachShadow = function (init) {
    expect(init.mode).toBe('closed')
    const root = attach.call(this, init)
    roots.push(root)
    return root
  }
  watchForCodes()
  // A script that is put in twice listens once.
  watchForCodes()
})

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  vi.setSystemTime(new Date('2026-11-26T12:00:00Z'))
  roots.length = 0
  said = []
  answer = (codes) =>
    Promise.resolve({ ...CARD, masked: codes.map((code) => `${code.slice(0, 4)}••••`) })
  fakeBrowser.reset()
  Object.assign(fakeBrowser.runtime, {
    sendMessage: (message: { channel: string; codes: string[]; take?: true }) => {
      const { channel, ...rest } = message
      expect(channel).toBe('relaydeck.codes')
      said.push(rest)
      return rest.take ? Promise.resolve(undefined) : answer(rest.codes)
    },
  })
})

afterEach(() => {
  byHand(document, new KeyboardEvent('keydown', { key: 'Escape' }))
  select('')
  byHand(document, pointerUp())
  document.body.replaceChildren()
  vi.useRealTimers()
})

const pointerUp = () => new MouseEvent('pointerup', { bubbles: true })
const key = (name: string) => new KeyboardEvent('keyup', { key: name, bubbles: true })
const copy = () => new Event('copy', { bubbles: true })

/** Puts a text into the page and marks it. */
function select(text: string): void {
  const paragraph = document.createElement('p')
  paragraph.textContent = text
  document.body.replaceChildren(paragraph)
  getSelection()?.selectAllChildren(paragraph)
}

const settled = () => vi.advanceTimersByTimeAsync(1)
const hosts = () =>
  [...document.documentElement.children].filter(({ localName }) => localName === 'div')
const shown = () => (hosts().length === 0 ? '' : (roots.at(-1)?.textContent ?? ''))

function button(text: string): HTMLElement {
  const all = [...(roots.at(-1)?.querySelectorAll('button') ?? [])]
  const found = all.find((one) => one.textContent === text)
  if (!found) throw new Error(`no button ${text}`)
  return found
}

test('a code that is selected by hand is shown masked, by the mouse or by the keyboard', async () => {
  select(`your code: ${CODE}`)
  byHand(document, pointerUp())
  await settled()
  expect(said).toEqual([{ codes: [CODE] }])
  expect(shown()).toContain('Redemption code found')
  expect(shown()).toContain('0123••••')
  expect(shown()).not.toContain(CODE)
  select(OTHER)
  byHand(document, key('x'))
  await settled()
  expect(said).toHaveLength(1)
  byHand(document, key('Shift'))
  await settled()
  expect(said).toHaveLength(2)
  expect(hosts(), 'at most one card').toHaveLength(1)
  expect(shown()).toContain('ffff••••')
})

test('a word counts as a code when it is copied and mixes letters and digits', async () => {
  select(`take ${WORD} now`)
  byHand(document, pointerUp())
  await settled()
  expect(said).toEqual([])
  byHand(document, copy())
  await settled()
  expect(said).toEqual([{ codes: [WORD] }])
  select('Donaudampfschifffahrtsgesellscha')
  byHand(document, copy())
  await settled()
  expect(said).toHaveLength(1)
  select(`cut ${CODE}`)
  byHand(document, new Event('cut', { bubbles: true }))
  await settled()
  expect(said.at(-1)).toEqual({ codes: [CODE] })
})

test('the same text is not looked at again at once, and a card that is there stays', async () => {
  select(CODE)
  byHand(document, copy())
  byHand(document, copy())
  await settled()
  byHand(document, pointerUp())
  await settled()
  expect(said).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1_500)
  byHand(document, copy())
  await settled()
  expect(said, 'the card says it already').toHaveLength(1)
  byHand(button('Not now'), new MouseEvent('click', { bubbles: true }))
  // A click somewhere else, with the text still marked.
  byHand(document, pointerUp())
  await settled()
  expect(said).toHaveLength(1)
  // Copied once more after a while: the person means it.
  await vi.advanceTimersByTimeAsync(1_500)
  byHand(document, copy())
  await settled()
  expect(said).toHaveLength(2)
  expect(shown()).not.toBe('')
})

test('what a script of the page pretends is ignored', async () => {
  select(CODE)
  for (const event of [pointerUp(), key('Shift'), copy()]) document.dispatchEvent(event)
  await settled()
  expect(said).toEqual([])
  byHand(document, pointerUp())
  await settled()
  button('Redeem…').click()
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  await settled()
  expect(said).toEqual([{ codes: [CODE] }])
  expect(shown()).not.toBe('')
})

test('only the button brings the codes to the page for them', async () => {
  select(`${CODE} ${OTHER}`)
  byHand(document, pointerUp())
  await settled()
  byHand(button('Redeem…'), new MouseEvent('click', { bubbles: true }))
  await settled()
  expect(said).toEqual([{ codes: [CODE, OTHER] }, { codes: [CODE, OTHER], take: true }])
  expect(hosts()).toEqual([])
})

test('the card goes by its button, by Escape and by itself, and never takes the focus', async () => {
  const field = document.createElement('input')
  const focus = vi.spyOn(HTMLElement.prototype, 'focus')
  const goes = [
    () => byHand(button('Not now'), new MouseEvent('click', { bubbles: true })),
    () => byHand(document, new KeyboardEvent('keydown', { key: 'Escape' })),
  ]
  for (const [at, go] of goes.entries()) {
    select(`${String(at)} ${CODE}`)
    document.body.append(field)
    byHand(document, pointerUp())
    await settled()
    expect(hosts()).toHaveLength(1)
    byHand(document, new KeyboardEvent('keydown', { key: 'a' }))
    expect(hosts()).toHaveLength(1)
    go()
    expect(hosts()).toEqual([])
  }
  select(`last ${CODE}`)
  byHand(document, pointerUp())
  await settled()
  await vi.advanceTimersByTimeAsync(29_000)
  expect(hosts()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1_500)
  expect(hosts()).toEqual([])
  expect(focus).not.toHaveBeenCalled()
  expect(said.every(({ take }) => take === undefined)).toBe(true)
  focus.mockRestore()
})

test('nothing is shown where the worker is silent or gone', async () => {
  answer = () => Promise.resolve(undefined)
  select(CODE)
  byHand(document, pointerUp())
  await settled()
  expect(hosts()).toEqual([])
  answer = () => Promise.reject(new Error('Extension context invalidated.'))
  select(OTHER)
  byHand(document, pointerUp())
  await settled()
  expect(hosts()).toEqual([])
  answer = (codes) => Promise.resolve({ ...CARD, masked: codes })
  select(`again ${OTHER}`)
  byHand(document, pointerUp())
  await settled()
  expect(hosts()).toHaveLength(1)
})

test('an answer that comes late shows nothing in place of what was found since', async () => {
  let late: (card: unknown) => void = () => undefined
  answer = (codes) =>
    codes[0] === CODE
      ? new Promise((resolve) => (late = resolve))
      : Promise.resolve({ ...CARD, masked: ['the other'] })
  select(CODE)
  byHand(document, pointerUp())
  select(OTHER)
  byHand(document, pointerUp())
  await settled()
  late({ ...CARD, masked: ['the late one'] })
  await settled()
  expect(hosts()).toHaveLength(1)
  expect(shown()).toContain('the other')
})

test('words of the worker are text and never markup', async () => {
  answer = () =>
    Promise.resolve({ ...CARD, title: '<img src=x onerror=alert(1)>', masked: ['<b>x</b>'] })
  select(CODE)
  byHand(document, pointerUp())
  await settled()
  expect(roots.at(-1)?.querySelector('img, b')).toBeNull()
  expect(shown()).toContain('<b>x</b>')
})

test('nothing is looked at in a field for passwords, and no clipboard is read', async () => {
  const read = vi.fn(() => Promise.reject(new Error('nobody reads it')))
  Object.defineProperty(navigator, 'clipboard', {
    value: { read, readText: read },
    configurable: true,
  })
  const data = { getData: vi.fn(() => OTHER) }
  select(CODE)
  const field = document.createElement('input')
  field.type = 'password'
  document.body.append(field)
  field.focus()
  const event = copy()
  Object.defineProperty(event, 'clipboardData', { value: data })
  byHand(document, event)
  await settled()
  expect(said).toEqual([])
  field.blur()
  select(CODE)
  const again = copy()
  Object.defineProperty(again, 'clipboardData', { value: data })
  byHand(document, again)
  await settled()
  expect(said).toEqual([{ codes: [CODE] }])
  expect(data.getData).not.toHaveBeenCalled()
  expect(read).not.toHaveBeenCalled()
})

test('of a very long selection only the beginning is looked at', async () => {
  select(`${'x '.repeat(20_000)}${CODE}`)
  byHand(document, pointerUp())
  await settled()
  expect(said).toEqual([])
  const many = Array.from({ length: 80 }, (_, at) => `${CODE.slice(4)}${String(1000 + at)}`)
  select(many.join(' '))
  byHand(document, pointerUp())
  await settled()
  expect(said.map(({ codes }) => codes.length)).toEqual([50])
})
