import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

const css = readFileSync('src/ui/app/theme.css', 'utf8')
const light = colours(css.slice(0, css.indexOf('@variant dark')))
const dark = { ...light, ...colours(css.slice(css.indexOf('@variant dark'))) }

/** What is read, on what it stands, and how much contrast it must have at least. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['text', 'page', 7],
  ['text', 'panel', 7],
  ['text', 'raised', 7],
  ['text', 'hover', 7],
  ['text', 'pressed', 7],
  ['text', 'selected', 7],
  ['text-2', 'page', 7],
  ['text-2', 'hover', 4.5],
  ['text-2', 'bad-soft', 4.5],
  ['text-3', 'page', 4.5],
  ['text-3', 'panel', 4.5],
  ['text-3', 'raised', 4.5],
  ['text-3', 'hover', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['on-accent', 'bad', 4.5],
  ['good', 'page', 4.5],
  ['attention', 'page', 4.5],
  ['bad', 'page', 4.5],
  ['unknown', 'page', 4.5],
  ['bad', 'raised', 4.5],
  ['text', 'good-soft', 7],
  ['text', 'attention-soft', 7],
  ['text', 'bad-soft', 7],
  ['attention', 'attention-soft', 4.5],
  ['good', 'good-soft', 4.5],
  ['bad', 'bad-soft', 4.5],
  ['accent', 'page', 3],
  ['mark', 'raised', 3],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, theme) => {
  it.each(PAIRS)('%s on %s has a contrast of at least %d', (front, back, least) => {
    expect(contrast(theme[front], theme[back])).toBeGreaterThanOrEqual(least)
  })
})

it('gives every neutral and state colour a dark value', () => {
  const darkOnly = colours(css.slice(css.indexOf('@variant dark')))
  expect(Object.keys(darkOnly).sort()).toEqual(Object.keys(light).sort())
})

function colours(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/--color-([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

function contrast(front = '', back = ''): number {
  const [a, b] = [luminance(front), luminance(back)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
