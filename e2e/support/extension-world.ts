import type { CDPSession, Page } from '@playwright/test'

import type { ExtensionBrowser } from './browser'

interface World {
  readonly id: number
  readonly origin: string
}

/** The worlds of scripts of the extension inside a page of somebody else; empty = none was put in. */
async function worldsIn(session: CDPSession, extensionId: string): Promise<World[]> {
  const found: World[] = []
  const note = ({ context }: { context: World }) => found.push(context)
  session.on('Runtime.executionContextCreated', note)
  // Tells of those there are before it answers.
  await session.send('Runtime.enable')
  await session.send('Runtime.disable')
  session.off('Runtime.executionContextCreated', note)
  return found.filter(({ origin }) => origin === `chrome-extension://${extensionId}`)
}

/** How many scripts' worlds the extension has inside the page. */
export async function scriptsIn({ extensionId }: ExtensionBrowser, page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const worlds = await worldsIn(session, extensionId)
  await session.detach()
  return worlds.length
}

/** Runs an expression where the extension's script in the page runs. */
export async function inScriptOf<Value>(
  { extensionId }: ExtensionBrowser,
  page: Page,
  expression: string,
): Promise<Value> {
  const session = await page.context().newCDPSession(page)
  const [world] = await worldsIn(session, extensionId)
  if (!world) throw new Error('the extension has no script in the page')
  const { result } = await session.send('Runtime.evaluate', {
    contextId: world.id,
    expression,
    returnByValue: true,
  })
  await session.detach()
  return result.value as Value
}

/** How many scripts the extension has registered to be put into pages by themselves. */
export function registeredScripts(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { scripting } = (
      globalThis as unknown as {
        chrome: { scripting: { getRegisteredContentScripts(): Promise<unknown[]> } }
      }
    ).chrome
    return (await scripting.getRegisteredContentScripts()).length
  })
}
