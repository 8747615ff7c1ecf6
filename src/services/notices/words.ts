import en from '@/locales/en/notices.json'
import ja from '@/locales/ja/notices.json'
import zhCN from '@/locales/zh-CN/notices.json'
import type { Language } from '@/src/domain/settings'

const WORDS: Record<Language, Readonly<Record<string, string>>> = { en, ja, 'zh-CN': zhCN }

/** Texts there are; those with a count stand under the name of what they say. */
type Stem<Key extends string> = Key extends `${infer Name}_${'one' | 'other'}` ? Name : Key

export type WordKey = Stem<keyof typeof en>

/** Says a text of the locale files in one language; a `count` chooses its form. */
export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string

/** The worker's own small reader of the locale files: notices are no reason to load i18next. */
export function sayIn(language: Language): Say {
  const words = WORDS[language]
  const rules = new Intl.PluralRules(language)
  return (key, values = {}) => {
    const { count } = values
    const form = typeof count === 'number' ? words[`${key}_${rules.select(count)}`] : undefined
    const text = form ?? words[key] ?? ''
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
}
