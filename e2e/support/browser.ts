import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { type BrowserContext, chromium, type Page } from '@playwright/test'

import type { InputOf, MessageName, OutputOf } from '@/src/messaging/protocol'
import type { Result } from '@/src/domain/failure'

/** The build that may reach loopback hosts without a prompt (`wxt build --mode e2e`). */
export const TEST_BUILD = path.resolve(import.meta.dirname, '../../.output/chrome-mv3-e2e')

export interface LaunchOptions {
  /** Kept when given; a temporary one is removed on close. */
  readonly profileDir?: string
  readonly headless?: boolean
  readonly extensionDir?: string
  readonly locale?: string
  /** Of the whole browser, by its IANA name; the system's if absent. */
  readonly timeZone?: string
  readonly extraArgs?: readonly string[]
}

/** A Chromium with the built extension in it, and ways to use it as a person would. */
export interface ExtensionBrowser {
  readonly context: BrowserContext
  readonly extensionId: string
  readonly profileDir: string
  openPopup(): Promise<Page>
  openOptions(hash?: string): Promise<Page>
  /** Sends a message from an extension page, as the screens do. */
  send<Name extends MessageName>(
    from: Page,
    name: Name,
    input: InputOf<Name>,
  ): Promise<Result<OutputOf<Name>>>
  /** Kills the service worker at once, as the browser may at any time. */
  stopWorker(): Promise<void>
  close(): Promise<void>
}

/** `*.test` is the loopback; everything that is not loopback fails at once. */
const RESOLVER =
  'MAP *.test 127.0.0.1, MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'

export async function launchExtension(options: LaunchOptions = {}): Promise<ExtensionBrowser> {
  const extensionDir = options.extensionDir ?? TEST_BUILD
  const profileDir =
    options.profileDir ?? (await mkdtemp(path.join(tmpdir(), 'relaydeck-profile-')))
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: options.headless ?? true,
    viewport: options.headless === false ? null : { width: 1280, height: 800 },
    ...(options.locale ? { locale: options.locale } : {}),
    ...(options.timeZone ? { env: { ...process.env, TZ: options.timeZone } } : {}),
    args: [
      `--disable-extensions-except=${extensionDir}`,
      `--load-extension=${extensionDir}`,
      `--host-resolver-rules=${RESOLVER}`,
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(options.locale ? [`--lang=${options.locale}`] : []),
      ...(options.extraArgs ?? []),
    ],
    ignoreDefaultArgs: ['--disable-extensions'],
  })
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const extensionId = new URL(worker.url()).host
  const base = `chrome-extension://${extensionId}`

  async function open(file: string): Promise<Page> {
    const page = await context.newPage()
    await page.goto(`${base}/${file}`)
    return page
  }

  return {
    context,
    extensionId,
    profileDir,
    openPopup: async () => {
      const page = await open('popup.html')
      await page.setViewportSize({ width: 400, height: 580 })
      return page
    },
    openOptions: (hash = '') => open(`options.html${hash === '' ? '' : `#${hash}`}`),
    send: (from, name, input) => sendFrom(from, name, input),
    stopWorker: () => stopWorker(context, base),
    async close() {
      await context.close()
      if (options.profileDir === undefined) await rm(profileDir, { recursive: true, force: true })
    },
  }
}

async function sendFrom<Name extends MessageName>(
  page: Page,
  name: Name,
  input: InputOf<Name>,
): Promise<Result<OutputOf<Name>>> {
  const answer = await page.evaluate(
    (message) =>
      (
        globalThis as unknown as {
          chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } }
        }
      ).chrome.runtime.sendMessage(message),
    { name, input },
  )
  return answer as Result<OutputOf<Name>>
}

async function stopWorker(context: BrowserContext, base: string): Promise<void> {
  const page = context.pages().find((one) => one.url().startsWith(base))
  if (!page) throw new Error('stopping the worker needs an open extension page')
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}
