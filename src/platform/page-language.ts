import { browser } from '#imports'

/** The browser's own language, as a BCP 47 tag. */
export function browserLanguage(): string {
  return browser.i18n.getUILanguage()
}
