import { type ExtensionBrowser, launchExtension } from '@/e2e/support/browser'

/** Functions handed to a page are compiled here and call a helper that pages do not have. */
const NAME_HELPER = 'globalThis.__name ??= (named) => named'

export async function launchForBench(extensionDir: string): Promise<ExtensionBrowser> {
  const extension = await launchExtension({ extensionDir })
  await extension.context.addInitScript({ content: NAME_HELPER })
  return extension
}
