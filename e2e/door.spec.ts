import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from './fixtures'
import { launchExtension, TEST_BUILD } from './support/browser'

interface ChromeRuntime {
  readonly sendMessage?: (...args: unknown[]) => Promise<unknown>
  readonly id?: string
}

const GLANCE = { name: 'accounts.glance', input: {} }

test('a web page has no way to talk to the worker', async ({ extension }) => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<title>page</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const page = await extension.context.newPage()
  await page.goto(`http://127.0.0.1:${String(port)}/`)
  const outcome = await page.evaluate(
    async ({ id, message }) => {
      const { chrome } = globalThis as unknown as { chrome?: { runtime?: ChromeRuntime } }
      const send = chrome?.runtime?.sendMessage
      if (!send) return 'no door'
      try {
        return JSON.stringify((await send(id, message)) ?? 'silence')
      } catch {
        return 'refused'
      }
    },
    { id: extension.extensionId, message: GLANCE },
  )
  expect(['no door', 'refused']).toContain(outcome)
  await expect(
    page.evaluate(
      async (id) => (await fetch(`chrome-extension://${id}/options.html`)).status,
      extension.extensionId,
    ),
  ).rejects.toThrow()
  server.close()
})

test('another extension gets nothing', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'relaydeck-stranger-'))
  await writeFile(
    path.join(dir, 'manifest.json'),
    JSON.stringify({ manifest_version: 3, name: 'Stranger', version: '1' }),
  )
  await writeFile(path.join(dir, 'page.html'), '<title>stranger</title>')
  const extension = await launchExtension({
    extraArgs: [
      `--disable-extensions-except=${TEST_BUILD},${dir}`,
      `--load-extension=${TEST_BUILD},${dir}`,
    ],
  })
  try {
    const page = await extension.context.newPage()
    await page.goto('chrome://extensions')
    const strangerId = await page.evaluate(async () => {
      const api = (
        globalThis as unknown as {
          chrome: {
            developerPrivate: { getExtensionsInfo(): Promise<{ id: string; name: string }[]> }
          }
        }
      ).chrome.developerPrivate
      return (await api.getExtensionsInfo()).find((one) => one.name === 'Stranger')?.id
    })
    expect(strangerId).toBeDefined()
    await page.goto(`chrome-extension://${strangerId!}/page.html`)
    const outcome = await page.evaluate(
      async ({ id, message }) => {
        const { chrome } = globalThis as unknown as { chrome: { runtime: ChromeRuntime } }
        try {
          return { got: await chrome.runtime.sendMessage?.(id, message) }
        } catch (thrown) {
          return { refused: String(thrown) }
        }
      },
      { id: extension.extensionId, message: GLANCE },
    )
    expect(outcome.refused).toContain('Receiving end does not exist')
  } finally {
    await extension.close()
    await rm(dir, { recursive: true, force: true })
  }
})

test('malformed messages from an own page are refused and change nothing', async ({
  extension,
  options,
}) => {
  const ask = (message: unknown) =>
    options.evaluate(
      (it) =>
        (
          globalThis as unknown as { chrome: { runtime: ChromeRuntime } }
        ).chrome.runtime.sendMessage?.(it),
      message,
    )
  for (const nonsense of [null, 1, 'accounts.glance', [], {}, { name: 'no.such', input: {} }]) {
    expect(await ask(nonsense)).toBeFalsy()
  }
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect(await ask({ name, input: {} })).toBeFalsy()
  }
  expect(await ask({ name: 'accounts.details', input: { id: 'acc_1' } })).toMatchObject({
    ok: false,
    failure: { class: 'input', field: 'id' },
  })
  expect(
    await ask({ name: 'settings.set', input: { edit: { theme: 'javascript:alert(1)' } } }),
  ).toMatchObject({ ok: false, failure: { class: 'input', field: 'edit.theme' } })
  const boot = await extension.send(options, 'app.boot', {})
  expect(boot).toMatchObject({ ok: true, value: { settings: { theme: 'system' } } })
})
