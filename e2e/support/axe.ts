import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** The rules about colours, in which alone the themes differ. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/** Serious and critical findings of axe on the page as it stands, light and dark. */
export async function seriousIssues(page: Page): Promise<string[]> {
  const light = await findings(page, 'light', new AxeBuilder({ page }))
  const dark = await findings(page, 'dark', new AxeBuilder({ page }).withRules(COLOURS))
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark]
}

async function findings(
  page: Page,
  colorScheme: 'light' | 'dark',
  axe: AxeBuilder,
): Promise<string[]> {
  await page.emulateMedia({ colorScheme })
  // Half-way from one colour to another is no colour anybody reads.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
