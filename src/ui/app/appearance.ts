import type { Settings } from '@/src/domain/settings'
import { browserLanguage } from '@/src/platform/page-language'

import { i18n, showLanguage } from '../text/i18n'
import { resolveLanguage } from '@/src/domain/language'
import type { Namespace } from '../text/namespaces'

type Look = Pick<Settings, 'theme' | 'language'>

let latest = 0

/** Gives the page its colours at once, and its language as soon as the texts are there. */
export async function applyAppearance(look: Look, namespaces: readonly Namespace[]): Promise<void> {
  const mine = (latest += 1)
  applyTheme(look.theme)
  const language = resolveLanguage(look.language, browserLanguage())
  await showLanguage(language, namespaces, () => mine === latest)
  const root = document.documentElement
  root.lang = i18n.language
  root.dir = i18n.dir()
}

/** Without a choice the style sheet follows the system, also while the page is open. */
function applyTheme(theme: Settings['theme']): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}
