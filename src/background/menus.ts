import en from '@/locales/en/menu.json'
import ja from '@/locales/ja/menu.json'
import zhCN from '@/locales/zh-CN/menu.json'
import { addAccountPlace } from '@/src/domain/places'
import type { Language } from '@/src/domain/settings'
import { onMenuChoice, showMenuEntry } from '@/src/platform/menus'
import { openOptions } from '@/src/platform/pages'
import { requestSiteAccess } from '@/src/platform/site-access'

const WORDS: Record<Language, { 'add-site': string }> = { en, ja, 'zh-CN': zhCN }

/** Begins adding the site under the menu; the same place the popup's button leads to. */
export function listenToMenus(): void {
  onMenuChoice((site) => {
    void (async () => {
      // First of all: the browser shows its question only inside the click. Refused or not, the
      // form says where things stand.
      if (site) await requestSiteAccess(site.origin).catch(() => false)
      await openOptions(addAccountPlace(site))
    })()
  })
}

/** Writes the menu entry in the user's language. */
export async function translateMenus(language: Language): Promise<void> {
  await showMenuEntry(WORDS[language]['add-site'])
}
