import { expect, test } from './fixtures'
import { createModelGateway } from './relays/models/gateway'
import { addCredential } from './support/credentials'

const KEY = 'sk-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl'
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4', 'deepseek-v3']

test('the models of a credential are searched, copied and verified, one or many', async ({
  extension,
  farm,
}) => {
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const gateway = createModelGateway({ keys: [KEY], models: MODELS })
  farm.add('models.test', gateway)
  const page = await extension.openOptions('/credentials')
  const baseUrl = farm.origin('models.test')
  await addCredential(extension, page, { name: 'Harbour', baseUrl, apiKey: KEY })
  await page.getByRole('button', { name: 'More for Harbour' }).click()
  await page.getByRole('menuitem', { name: 'Open models' }).click()
  await expect(page.getByRole('heading', { name: 'Models of Harbour' })).toBeVisible()
  const rows = page.getByRole('list', { name: 'Models' }).getByRole('listitem')
  const row = (model: string) => rows.filter({ has: page.getByText(model, { exact: true }) })
  await expect(rows).toHaveCount(4)

  await page.getByRole('searchbox', { name: 'Search models' }).fill('GPT')
  await expect(rows).toHaveCount(2)
  await expect(page.getByText('2 of 4 models')).toBeVisible()
  await page.getByRole('button', { name: 'Copy gpt-4o-mini' }).click()
  await expect(page.getByText('1 name copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('gpt-4o-mini')

  expect(gateway.desk.calls, 'looking costs nothing').toEqual([])
  await page.getByRole('button', { name: 'Verify gpt-4o-mini' }).click()
  await expect(row('gpt-4o-mini')).toContainText('Passed')
  await expect(row('gpt-4o')).not.toContainText('Passed')
  expect(gateway.desk.calls).toHaveLength(1)
  expect(gateway.desk.calls[0]?.body).toMatchObject({ model: 'gpt-4o-mini' })

  await page.getByRole('searchbox', { name: 'Search models' }).fill('')
  await page.getByRole('button', { name: 'Select all shown' }).click()
  const selected = page.getByRole('group', { name: 'Selected models' })
  await expect(selected).toContainText('4 selected')
  await selected.getByRole('button', { name: 'Copy names' }).click()
  await expect(selected).toContainText('4 names copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(MODELS.join('\n'))
  await selected.getByRole('button', { name: 'Verify' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Each costs a little quota')
  expect(gateway.desk.calls).toHaveLength(1)
  gateway.desk.behaviour.text = 'Buy quota'
  await dialog.getByRole('button', { name: 'Verify' }).click()
  for (const model of MODELS) {
    await expect(row(model)).toContainText('Failed')
    await expect(row(model)).toContainText('not with what it was asked for')
  }
  expect(gateway.desk.calls).toHaveLength(5)
  expect(await page.content()).not.toContain(KEY)
})

test('several verifications end where they are stopped', async ({ extension, farm }) => {
  const gateway = createModelGateway({ keys: [KEY], models: MODELS })
  farm.add('models.test', gateway)
  const page = await extension.openOptions('/credentials')
  const baseUrl = farm.origin('models.test')
  const id = await addCredential(extension, page, { name: 'Harbour', baseUrl, apiKey: KEY })
  await page.goto(page.url().replace(/#.*$/, `#/models/${id}`))
  await page.getByRole('button', { name: 'Select all shown' }).click()
  const selected = page.getByRole('group', { name: 'Selected models' })
  await selected.getByRole('button', { name: 'Verify' }).click()
  gateway.faults.set({ path: '/v1/chat/completions' }, { kind: 'hang' })
  await page.getByRole('dialog').getByRole('button', { name: 'Verify' }).click()
  await expect.poll(() => gateway.counters.count('POST', '/v1/chat/completions')).toBe(1)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  await expect(page.getByText('Stopped', { exact: true })).toHaveCount(1)
  expect(gateway.counters.count('POST', '/v1/chat/completions')).toBe(1)
})
