import { describe, expect, it } from 'vitest'

import { SITE_TYPES } from '@/src/domain/site-type'
import { automationProtocol } from '@/src/messaging/automation-protocol'
import { lateProtocol } from '@/src/messaging/late-protocol'
import { protocol } from '@/src/messaging/protocol'
import { adapterFor, allAdapters } from '@/src/sites/registry'

import { closureOf, cyclesIn } from './architecture/graph'
import { type Import, readFiles, type SourceFile } from './architecture/source-files'

const MAX_LINES = 400
const MAX_ENTRYPOINT_LINES = 30

const product = readFiles(['src', 'entrypoints'])
const everything = [...product, ...readFiles(['tests', 'e2e', 'scripts'])]

/**
 * What each layer may import of the others, at run time or as types. Said a second time on purpose:
 * the lint rules hold the finer table, and this one notices when they stop looking.
 */
const LAYERS: Record<string, readonly string[]> = {
  domain: [],
  platform: ['domain'],
  net: ['domain'],
  crypto: ['domain'],
  storage: ['domain', 'crypto'],
  sites: ['domain', 'net'],
  exporters: ['domain'],
  services: ['domain', 'platform', 'net', 'crypto', 'storage', 'sites'],
  messaging: ['domain', 'platform', 'net'],
  background: ['domain', 'services', 'storage', 'messaging', 'platform'],
  ui: ['domain', 'exporters', 'messaging', 'platform'],
  content: ['domain', 'messaging'],
  entrypoints: ['background', 'ui', 'content', 'messaging'],
}
/** The parts of the worker, and what the first one lends the others. */
const COMPOSITION_ROOTS =
  /^src\/background\/(?:compose|(?:late|automation)\/(?:compose|ports))\.ts$/
const NOT_FOR_THE_ROOT = ['ui', 'content', 'entrypoints']

function layerOf(path: string): string | undefined {
  return /^(?:src\/)?([a-z]+)\//.exec(path)?.[1]
}

function isAllowed({ from, to }: Import): boolean {
  const [layer, target] = [layerOf(from), layerOf(to)]
  if (layer === undefined || target === undefined || !(target in LAYERS)) return true
  if (layer === target) return true
  if (COMPOSITION_ROOTS.test(from)) return !NOT_FOR_THE_ROOT.includes(target)
  return LAYERS[layer]?.includes(target) ?? false
}

describe('imports', () => {
  const edges = product.flatMap((file) => file.imports)

  it('are seen at all', () => {
    expect(edges.length).toBeGreaterThan(product.length)
    expect(edges.some(({ isType }) => isType)).toBe(true)
  })

  it('run from layer to layer as the table says', () => {
    const crossing = edges.filter(({ to }) => to.includes('/') && !to.startsWith('@'))
    expect(crossing.filter((edge) => !isAllowed(edge))).toEqual([])
    const layers = new Set(crossing.map(({ from }) => layerOf(from)))
    expect([...layers].filter((layer) => !Object.hasOwn(LAYERS, layer ?? ''))).toEqual([])
  })

  it('never reach tests, browser tests or scripts', () => {
    expect(edges.filter(({ to }) => /^(?:tests|e2e|scripts)\//.test(to))).toEqual([])
  })

  it('of net into messaging and of protocol into pages are types only', () => {
    const runtime = edges.filter(({ isType }) => !isType)
    const forbidden = runtime.filter(
      ({ from, to }) =>
        (layerOf(from) === 'messaging' && layerOf(to) === 'net') ||
        (layerOf(from) === 'ui' && to === 'src/messaging/protocol.ts'),
    )
    expect(forbidden).toEqual([])
  })

  it('form no cycle at run time', () => {
    expect(cyclesIn(product)).toEqual([])
  })
})

describe.each(['late', 'automation'])('the worker script %s', (script) => {
  /** A variable, or a map or set that starts empty, outside of every function. */
  const memory =
    /^(?:export )?(?:let \w|const \w+(?:: [^=\n]+)? = new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\))/m

  it('has no copy of anything that remembers: it is lent what it needs', () => {
    const first = closureOf('entrypoints/background.ts', product)
    const second = closureOf(`entrypoints/${script}.ts`, product)
    const both = product.filter(({ path }) => first.has(path) && second.has(path))
    expect(both.length).toBeGreaterThan(10)
    expect(both.filter(({ text }) => memory.test(text)).map(({ path }) => path)).toEqual([])
    // Services remember inside their makers: two made of one would not know of each other.
    const services = both.filter(({ path }) => /^src\/(?:services|storage|background)\//.test(path))
    expect(services.map(({ path }) => path)).toEqual(['src/storage/turns.ts'])
  })

  it('would be seen to remember', () => {
    const remembering = product.filter(({ text }) => memory.test(text)).map(({ path }) => path)
    expect(remembering).toContain('src/services/sessions.ts')
    expect(remembering).toContain('src/platform/wake.ts')
  })
})

describe('content scripts', () => {
  const scripts = product.filter(({ path }) =>
    /^entrypoints\/.*content(?:\/index)?\.tsx?$/.test(path),
  )

  it.each(scripts.map(({ path }) => path))('%s loads neither React nor zod', (path) => {
    const packages = [...closureOf(path, product)].filter((one) => !one.includes('/'))
    expect(packages.filter((name) => /^(?:react|react-dom|zod|i18next)$/.test(name))).toEqual([])
  })
})

describe('files', () => {
  it.each([
    ['files', everything, MAX_LINES],
    [
      'entrypoints',
      product.filter(({ path }) => path.startsWith('entrypoints/')),
      MAX_ENTRYPOINT_LINES,
    ],
  ])('%s stay short', (_, files, limit) => {
    expect(files.filter(({ lines }) => lines > limit).map(({ path }) => path)).toEqual([])
  })

  it('of no site type are named outside of its own folder', () => {
    const literal = new RegExp(`['"\`](?:${SITE_TYPES.join('|')})['"\`]`)
    const named = product.filter(
      ({ path, text }) =>
        !path.startsWith('src/sites/') &&
        // Ways to ask about a key are named after the software they come from.
        !['src/domain/site-type.ts', 'src/domain/query-values.ts'].includes(path) &&
        literal.test(text),
    )
    expect(named.map(({ path }) => path)).toEqual([])
  })
})

describe('site adapters', () => {
  const folders = new Set(
    product.flatMap(({ path }) => /^src\/sites\/([^/]+)\//.exec(path)?.[1] ?? []),
  )

  it('are one folder and one line of the registry each', () => {
    const registry = product.find(({ path }) => path === 'src/sites/registry.ts')
    const registered = registry?.imports.flatMap(({ to, isType }) =>
      isType ? [] : (/^src\/sites\/([^/]+)\//.exec(to)?.[1] ?? []),
    )
    expect([...new Set(registered)].sort()).toEqual([...folders].sort())
  })

  it('describe themselves by the type they are registered as', () => {
    expect(SITE_TYPES.map((type) => adapterFor(type).description.type)).toEqual([...SITE_TYPES])
    const labels = allAdapters.map(({ description }) => description.label)
    expect(new Set(labels).size).toBe(labels.length)
  })

  it.each([...folders])('%s has tests', (folder) => {
    const tests = everything.filter(({ path }) => /^tests\/sites\/.*\.test\.ts$/.test(path))
    const about = tests.filter(({ text }) => new RegExp(`['/]${folder}['/]`).test(text))
    expect(about.map(({ path }) => path)).not.toEqual([])
  })
})

describe('messages', () => {
  const all = { ...protocol, ...lateProtocol, ...automationProtocol }
  const sending = everything.filter(({ text }) => /\bsend\(/.test(text))
  const used = sending.flatMap(namesSent)

  it('that are sent exist', () => {
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter(({ name }) => !Object.hasOwn(all, name))).toEqual([])
  })

  it('that exist are used by a page', () => {
    const pages = product.filter(({ path }) => layerOf(path) === 'ui')
    const unused = Object.keys(all).filter(
      (name) => !pages.some(({ text }) => text.includes(`'${name}'`)),
    )
    expect(unused).toEqual([])
  })
})

/** Names in `send('name', …)` of a page and `.send(page, 'name', …)` of a browser test. */
function namesSent({ path, text }: SourceFile): { path: string; name: string }[] {
  const calls = text.matchAll(/\bsend\((?:\s*\w+,)?\s*'(?<name>[a-z]+\.[a-zA-Z]+)'/g)
  return [...calls].map(({ groups }) => ({ path, name: groups?.['name'] ?? '' }))
}
