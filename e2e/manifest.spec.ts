import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from '@playwright/test'

/** The release, as `wxt build` leaves it. */
const RELEASE = path.resolve(import.meta.dirname, '../.output/chrome-mv3')
const MAX_RELEASE_BYTES = 2.5 * 1024 * 1024
const MAX_WORKER_BYTES = 200 * 1024
/** Of each of the worker's further scripts, which no cold start reads in. */
const MAX_LATER_BYTES = 256 * 1024
/** Of the script that looks for codes on pages of sites where the user switched that on. */
const MAX_FINDER_BYTES = 12 * 1024
const FINDER = 'content-scripts/find-codes.js'
/** Of what the pages load before they show anything; words and screens come on top. */
const MAX_PAGE_BYTES = { 'popup.html': 450 * 1024, 'options.html': 500 * 1024 }

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src http: https:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/** None of them reads anything of the browser or of a site by itself, and none raises a warning. */
const REQUIRED = [
  'activeTab',
  'alarms',
  'contextMenus',
  'declarativeNetRequestWithHostAccess',
  'scripting',
  'storage',
]

/** Asked for by the functions that need them. */
const OPTIONAL = ['bookmarks', 'cookies', 'notifications', 'webRequest']

/** Ways to run text as code, or code from elsewhere. A content security policy is the second lock. */
const FOREIGN_CODE = [
  /\beval\s*\(/,
  /\bnew\s+Function\s*\(/,
  /\bFunction\s*\(\s*["'`]/,
  /\bimport\s*\(\s*["'`]https?:/,
  /\bfrom\s*["'`]https?:/,
  /<script[^>]+src\s*=\s*["']?https?:/i,
  /\.src\s*=\s*["'`]https?:/,
]

const REPORTING_HOSTS =
  /google-analytics|googletagmanager|sentry\.io|ingest\.|segment\.(?:io|com)|mixpanel|amplitude\.com|posthog|plausible\.io|hotjar|datadoghq|bugsnag|umami\.is|matomo/i

interface Manifest {
  readonly permissions?: readonly string[]
  readonly optional_permissions?: readonly string[]
  readonly host_permissions?: readonly string[]
  readonly optional_host_permissions?: readonly string[]
  readonly content_scripts?: readonly unknown[]
  readonly web_accessible_resources?: readonly unknown[]
  readonly content_security_policy?: Record<string, string>
  readonly externally_connectable?: Record<string, unknown>
  readonly background?: Record<string, unknown>
  readonly action?: Record<string, unknown>
}

let manifest: Manifest
let files: readonly string[]

test.beforeAll(() => {
  const file = path.join(RELEASE, 'manifest.json')
  if (!existsSync(file)) throw new Error('there is no release build: run npm run build')
  manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  files = readdirSync(RELEASE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(RELEASE, name)).isFile(),
  )
})

function read(name: string): string {
  return readFileSync(path.join(RELEASE, name), 'utf8')
}

function size(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + statSync(path.join(RELEASE, name)).size, 0)
}

test.describe('manifest of the release', () => {
  test('asks for no site and no broad permission at installation', () => {
    expect(manifest.host_permissions ?? []).toEqual([])
    expect(manifest.content_scripts ?? []).toEqual([])
    expect([...(manifest.permissions ?? [])].sort()).toEqual(REQUIRED)
  })

  test('may ask for sites and a few permissions later, and for nothing else', () => {
    expect([...(manifest.optional_host_permissions ?? [])].sort()).toEqual([
      'http://*/*',
      'https://*/*',
    ])
    expect([...(manifest.optional_permissions ?? [])].sort()).toEqual(OPTIONAL)
  })

  test('has exactly the agreed content security policy', () => {
    expect(manifest.content_security_policy).toEqual({ extension_pages: CSP })
  })

  test('opens no door to pages or other extensions', () => {
    expect(manifest.externally_connectable).toEqual({ ids: [] })
    expect(manifest.web_accessible_resources ?? []).toEqual([])
  })

  test('runs one worker script and shows nothing on its icon by itself', () => {
    expect(manifest.background).toEqual({ service_worker: 'background.js' })
    const keys = Object.keys(manifest.action ?? {})
    expect(
      keys.filter((key) => !['default_title', 'default_popup', 'default_icon'].includes(key)),
    ).toEqual([])
  })
})

test.describe('files of the release', () => {
  test('run no text as code and load no code from elsewhere', () => {
    const found = files
      .filter((name) => /\.(?:js|html)$/.test(name))
      .flatMap((name) =>
        FOREIGN_CODE.filter((pattern) => pattern.test(read(name))).map(
          (pattern) => `${name}: ${pattern.source}`,
        ),
      )
    expect(found).toEqual([])
  })

  test('take up the further scripts of the worker and no other', () => {
    const calls = files
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) =>
        [...read(name).matchAll(/importScripts\s*\(.{0,40}/g)].map(([call]) => call),
      )
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatch(/^importScripts\([\w.]+\.runtime\.getURL\(/)
    const named = [...read('background.js').matchAll(/\bfile:\s*["'`]\/([^"'`]+)["'`]/g)]
    const scripts = named.map(([, name = '']) => name)
    expect(scripts.sort()).toEqual(['automation.js', 'late.js'])
    expect(scripts.filter((name) => !files.includes(name))).toEqual([])
  })

  test('put nothing into a page that the user did not ask for', () => {
    expect(files).toContain(FINDER)
    // Neither is in the manifest: one is put in where it is needed, the other where it is wanted.
    expect(files.filter((name) => name.startsWith('content-scripts/')).sort()).toEqual([
      FINDER,
      'content-scripts/site-page.js',
    ])
    expect(manifest.content_scripts ?? []).toEqual([])
    expect(size([FINDER])).toBeLessThanOrEqual(MAX_FINDER_BYTES)
  })

  test('name no host that collects reports', () => {
    const texts = files.filter((name) => /\.(?:js|html|json|css)$/.test(name))
    expect(texts.filter((name) => REPORTING_HOSTS.test(read(name)))).toEqual([])
  })

  test('carry no source maps', () => {
    expect(files.filter((name) => name.endsWith('.map'))).toEqual([])
  })

  test('stay within 2.5 MB in all, 200 KiB of worker and what each page may load', () => {
    expect(size(files)).toBeLessThanOrEqual(MAX_RELEASE_BYTES)
    expect(size(loadedBy('background.js'))).toBeLessThanOrEqual(MAX_WORKER_BYTES)
    // Read in when keys or credentials are asked for, or something is due: never at a cold start.
    for (const name of ['late.js', 'automation.js']) {
      expect(size(loadedBy(name)), name).toBeLessThanOrEqual(MAX_LATER_BYTES)
    }
    for (const [page, most] of Object.entries(MAX_PAGE_BYTES)) {
      const loaded = loadedBy(page)
      expect(loaded.size, page).toBeGreaterThan(2)
      expect(size(loaded), page).toBeLessThanOrEqual(most)
    }
  })
})

const LOADS = {
  '.js': /(?:from|import)\s*["'](\.{0,2}\/[^"']+)["']/g,
  '.html': /(?:src|href)=["'](\/[^"']+\.(?:js|css))["']/g,
}

/** A script or page and everything it imports, which a cold start parses in full. */
function loadedBy(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  const pattern = LOADS[path.extname(name) as keyof typeof LOADS] as RegExp | undefined
  for (const [, target = ''] of pattern ? read(name).matchAll(pattern) : []) {
    const folder = target.startsWith('/') ? '' : path.posix.dirname(name)
    loadedBy(path.posix.join(folder, target.replace(/^\//, '')), seen)
  }
  return seen
}
