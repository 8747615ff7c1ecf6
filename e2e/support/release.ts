import { existsSync } from 'node:fs'
import path from 'node:path'

import type { Page } from '@playwright/test'

import { type ExtensionBrowser, launchExtension } from './browser'

/** The release, as `wxt build` leaves it: every site has to be asked for. */
const RELEASE_BUILD = path.resolve(import.meta.dirname, '../../.output/chrome-mv3')

export function launchRelease(): Promise<ExtensionBrowser> {
  if (!existsSync(path.join(RELEASE_BUILD, 'manifest.json'))) {
    throw new Error('there is no release build: run npm run build')
  }
  return launchExtension({ extensionDir: RELEASE_BUILD })
}

interface HostPermissions {
  addHostPermission(extensionId: string, host: string): Promise<void>
  removeHostPermission(extensionId: string, host: string): Promise<void>
}

interface SettingsScope {
  chrome: { developerPrivate: HostPermissions }
}

const patternOf = (origin: string) => `http://${new URL(origin).hostname}/*`

/** The browser's own settings of the extension, `chrome://extensions`. */
export class ExtensionSettings {
  private constructor(
    private readonly page: Page,
    private readonly extensionId: string,
  ) {}

  static async open({ context, extensionId }: ExtensionBrowser): Promise<ExtensionSettings> {
    const page = await context.newPage()
    await page.goto('chrome://extensions')
    return new ExtensionSettings(page, extensionId)
  }

  /**
   * Allows a site. One that was never asked for is not granted by that: the extension still has to
   * ask, and the browser then says yes without its prompt, which no test could answer. One that was
   * taken back is granted at once.
   */
  allow(origin: string): Promise<void> {
    return this.page.evaluate(
      ([id, host]) =>
        (globalThis as unknown as SettingsScope).chrome.developerPrivate.addHostPermission(
          id,
          host,
        ),
      [this.extensionId, patternOf(origin)] as const,
    )
  }

  /** Takes access to the site away, as its switch in the settings does. */
  takeBack(origin: string): Promise<void> {
    return this.page.evaluate(
      ([id, host]) =>
        (globalThis as unknown as SettingsScope).chrome.developerPrivate.removeHostPermission(
          id,
          host,
        ),
      [this.extensionId, patternOf(origin)] as const,
    )
  }
}

/** What the browser itself says: whether the extension may reach the site. */
export function isGranted(page: Page, origin: string): Promise<boolean> {
  return page.evaluate(
    (host) =>
      (
        globalThis as unknown as {
          chrome: { permissions: { contains(wanted: { origins: string[] }): Promise<boolean> } }
        }
      ).chrome.permissions.contains({ origins: [host] }),
    patternOf(origin),
  )
}
