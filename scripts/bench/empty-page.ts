import { cp, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { build } from 'vite'

/**
 * A copy of the extension with one more page: the least that React renders, built with the same
 * tools. Popup times are stated as multiples of it, which takes the machine out of the figure.
 */
export async function withEmptyPage(extensionDir: string): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'relaydeck-bench-'))
  const source = path.join(dir, 'source')
  const target = path.join(dir, 'extension')
  await cp(extensionDir, target, { recursive: true })
  await cp(path.join(import.meta.dirname, 'empty-page'), source, { recursive: true })
  await build({
    root: source,
    logLevel: 'silent',
    base: '/',
    resolve: { alias: { react: resolved('react'), 'react-dom': resolved('react-dom') } },
    build: {
      outDir: path.join(dir, 'built'),
      target: 'chrome120',
      modulePreload: false,
      rolldownOptions: { output: { entryFileNames: 'empty-page.js' } },
    },
  })
  await rename(path.join(dir, 'built', 'empty-page.js'), path.join(target, 'empty-page.js'))
  await writeFile(
    path.join(target, 'empty-page.html'),
    '<!doctype html><div id="root"></div><script type="module" src="/empty-page.js"></script>',
  )
  return target
}

function resolved(name: string): string {
  return path.resolve(import.meta.dirname, '../../node_modules', name)
}
