import { expect, type Page } from '@playwright/test'

/** Logs in at a relay's own console page, as its user would. */
export async function logIn(
  page: Page,
  origin: string,
  username: string,
  password: string,
): Promise<void> {
  // A page behind another one is drawn so rarely that every click waits for it.
  await page.bringToFront()
  await page.goto(`${origin}/login`)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
}
