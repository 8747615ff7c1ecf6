import { expect, test } from './fixtures'
import { addTokenAccounts, refreshAll, seedSites } from './support/accounts'

test('language, theme and currency change every open page at once and are remembered', async ({
  extension,
  farm,
  options,
}) => {
  await addTokenAccounts(extension, options, seedSites(farm, { count: 1 }))
  await refreshAll(extension, options)
  const popup = await extension.openPopup()
  await expect(popup.getByRole('searchbox', { name: 'Search accounts' })).toBeVisible()

  await options.goto(options.url().replace(/#.*$/, '#/settings'))
  await options.getByLabel('Language').selectOption('ja')
  await expect(options.getByRole('heading', { level: 1 })).toHaveText('設定')
  await expect(popup.locator('html')).toHaveAttribute('lang', 'ja')
  await options.getByLabel('言語').selectOption('zh-CN')
  await expect(popup.locator('html')).toHaveAttribute('lang', 'zh-CN')

  await options.getByRole('radio', { name: '深色' }).check()
  await expect(popup.locator('html')).toHaveAttribute('data-theme', 'dark')
  await options.getByRole('radio', { name: /人民币/ }).check()
  await expect(popup.getByText('¥0.18').first()).toBeVisible()

  await extension.stopWorker()
  await popup.reload()
  await expect(popup.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(popup.getByText('¥0.18').first()).toBeVisible()
})

test('the popup works by keyboard alone', async ({ extension, farm, options }) => {
  await addTokenAccounts(extension, options, seedSites(farm, { count: 30 }))
  await refreshAll(extension, options)
  const popup = await extension.openPopup()
  await expect(popup.getByRole('listitem').first()).toBeVisible()
  await popup.keyboard.press('/')
  await popup.keyboard.type('site 0012')
  await expect(popup.getByRole('listitem')).toHaveCount(1)
  // Clear search, refresh, menu, total, then the rows.
  for (let stop = 0; stop < 5; stop += 1) await popup.keyboard.press('Tab')
  const row = popup.getByRole('button', { name: /Site 0012/ })
  await expect(row).toBeFocused()
  await popup.keyboard.press('Enter')
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await popup.keyboard.press('Enter')
  await expect(row).toHaveAttribute('aria-expanded', 'false')
})
