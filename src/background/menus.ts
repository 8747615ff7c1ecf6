import en from '@/locales/en/menu.json'
import ja from '@/locales/ja/menu.json'
import zhCN from '@/locales/zh-CN/menu.json'
import {
  LONGEST_SELECTION,
  OFFER_SLOT,
  type RawOffer,
  REDEEM_PLACE,
} from '@/src/domain/offered-codes'
import { addAccountPlace } from '@/src/domain/places'
import type { Language } from '@/src/domain/settings'
import type { AppEvent } from '@/src/messaging/protocol'
import { onMenuChoice, showMenuEntries } from '@/src/platform/menus'
import { openOptions } from '@/src/platform/pages'
import { sessionSlot } from '@/src/platform/session-store'
import { requestSiteAccess } from '@/src/platform/site-access'

const WORDS: Record<Language, { 'add-site': string; 'redeem-code': string }> = {
  en,
  ja,
  'zh-CN': zhCN,
}

/** @param announce tells a page for codes that is open already */
export function listenToMenus(announce: (event: AppEvent) => void): void {
  onMenuChoice({
    /** Begins adding the site under the menu; the same place the popup's button leads to. */
    addSite: (site) => {
      void (async () => {
        // First of all: the browser shows its question only inside the click. Refused or not, the
        // form says where things stand.
        if (site) await requestSiteAccess(site.origin).catch(() => false)
        await openOptions(addAccountPlace(site))
      })()
    },
    /** The selection waits as it is; the automation finds the codes in it. */
    redeemCode: (selection, origin) => {
      void (async () => {
        const text = (await selection).slice(0, LONGEST_SELECTION)
        const offer: RawOffer = { id: crypto.randomUUID(), origin, text }
        await sessionSlot(OFFER_SLOT).save(offer)
        announce({ topic: 'redeem' })
        await openOptions(REDEEM_PLACE)
      })()
    },
  })
}

/** Writes the menu entries in the user's language. */
export async function translateMenus(language: Language): Promise<void> {
  const words = WORDS[language]
  await showMenuEntries({ addSite: words['add-site'], redeemCode: words['redeem-code'] })
}
