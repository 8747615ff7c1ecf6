import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'

import { LANGUAGES, type Language } from '@/src/domain/settings'

import type { Namespace } from './namespaces'

const FALLBACK: Language = 'en'

/** One small chunk per language and subject: a page loads only the ones it asks for. */
const files = import.meta.glob<Record<string, unknown>>('/locales/*/*.json', { import: 'default' })

export const i18n = createInstance()

/** The language that is shown, for texts that are fetched later. */
export const currentLanguage = (): Language =>
  LANGUAGES.find((language) => language === i18n.language) ?? FALLBACK

/**
 * Must be awaited before the first render; may be called again to show another language.
 * `stillWanted` is asked when the texts are there: a later choice may have overtaken this one.
 */
export async function showLanguage(
  language: Language,
  namespaces: readonly Namespace[],
  stillWanted: () => boolean = () => true,
): Promise<void> {
  for (const namespace of namespaces) asked.add(namespace)
  await loadAsked(language)
  if (!stillWanted()) return
  if (i18n.language !== language) await i18n.changeLanguage(language)
  // A screen that was opened meanwhile has asked for its words in the language before.
  await loadAsked(language)
}

/** Everything any part of the page has asked for: none of it must stay behind in another language. */
async function loadAsked(language: Language): Promise<void> {
  let known: number
  do {
    known = asked.size
    await loadTexts(language, [...asked])
  } while (asked.size > known)
}

/** Fetches texts, also ahead of time while something else is being waited for. */
export async function loadTexts(
  language: Language,
  namespaces: readonly Namespace[],
): Promise<void> {
  for (const namespace of namespaces) asked.add(namespace)
  await Promise.all([start(), ...namespaces.map((namespace) => loadFile(language, namespace))])
}

/** Subjects any part of the page has asked for. */
const asked = new Set<Namespace>()

const loading = new Map<string, Promise<void>>()

function loadFile(language: Language, namespace: string): Promise<void> {
  const path = `/locales/${language}/${namespace}.json`
  const known = loading.get(path)
  if (known) return known
  const work = (async () => {
    const texts = await files[path]?.()
    await start()
    if (texts) i18n.addResourceBundle(language, namespace, texts)
  })()
  loading.set(path, work)
  return work
}

let started: Promise<unknown> | undefined

function start(): Promise<unknown> {
  started ??= i18n.use(initReactI18next).init({
    lng: FALLBACK,
    fallbackLng: FALLBACK,
    supportedLngs: [...LANGUAGES],
    defaultNS: 'common',
    ns: [],
    resources: {},
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    // English stands in for a text that a language lacks. None does, so it is only fetched when
    // one is missed; what is on the screen then renders again.
    saveMissing: true,
    missingKeyHandler: (_, namespace) => void loadFile(FALLBACK, namespace),
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
  return started
}
