import { useSyncExternalStore } from 'react'

import { i18n } from './i18n'

/** The language shown: for what only formats numbers and dates, cheaper than a translation. */
export function useLanguage(): string {
  return useSyncExternalStore(subscribe, () => i18n.language)
}

function subscribe(listener: () => void): () => void {
  i18n.on('languageChanged', listener)
  return () => {
    i18n.off('languageChanged', listener)
  }
}
