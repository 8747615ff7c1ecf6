import type { Settings } from './settings-schema'

export type { Settings } from './settings-schema'

/** Languages the product is complete in. */
export const LANGUAGES = ['en', 'zh-CN', 'ja'] as const

export type Language = (typeof LANGUAGES)[number]

export const THEMES = ['system', 'light', 'dark'] as const

export const HELP_PLACES = ['tab', 'window'] as const

export type HelpPlace = (typeof HELP_PLACES)[number]

/** Off, for nothing is made at a site without the user's word. */
export const DEFAULT_KEY = {
  afterAdding: false,
  name: 'relaydeck',
  limitUsd: null,
  days: null,
}

export const DEFAULT_SETTINGS: Settings = {
  language: 'auto',
  theme: 'system',
  currency: 'USD',
  helpIn: 'tab',
  clearClipboardSec: 0,
  defaultKey: DEFAULT_KEY,
}
