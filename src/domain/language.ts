import type { Language, Settings } from './settings'

/** The language to show: the chosen one, else the nearest to the browser's. */
export function resolveLanguage(chosen: Settings['language'], browserTag: string): Language {
  if (chosen !== 'auto') return chosen
  if (/^zh\b/i.test(browserTag)) return 'zh-CN'
  return /^ja\b/i.test(browserTag) ? 'ja' : 'en'
}
