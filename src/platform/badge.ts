import { browser } from '#imports'

/**
 * Of the number on the toolbar icon. The toolbar has the browser's theme and not ours: the accent of
 * our light theme with white on it (contrast 6.1) stands out on light and dark ones alike.
 */
const GROUND = '#0b6b80'
const TEXT = '#ffffff'

/** Writes up to four characters on the toolbar icon; `''` = nothing. */
export async function showBadge(text: string): Promise<void> {
  await browser.action.setBadgeText({ text })
  if (text === '') return
  await browser.action.setBadgeBackgroundColor({ color: GROUND })
  await browser.action.setBadgeTextColor({ color: TEXT })
}
