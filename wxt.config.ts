import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'wxt'

// WXT would take the mode for NODE_ENV, and the browser tests would run React's development build.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production'

/** Hosts that the browser-test build may reach without asking; the release build lists none. */
const LOOPBACK_HOSTS = [
  'http://127.0.0.1/*',
  'http://localhost/*',
  'http://*.localhost/*',
  'http://*.test/*',
]

/**
 * Header rules touch nothing but sites granted, and raise no warning. They cannot be left to be
 * asked for: granted later, Chromium keeps every change to them waiting until the extension is
 * loaded again.
 */
const PERMISSIONS = [
  'storage',
  'alarms',
  'scripting',
  'activeTab',
  'contextMenus',
  'declarativeNetRequestWithHostAccess',
]

/** Asked for where they are needed. */
const OPTIONAL_PERMISSIONS = ['cookies', 'webRequest', 'bookmarks', 'notifications']

/** What differs in the build for browser tests: a test can answer none of the browser's questions. */
const forBuild = (mode: string) =>
  mode === 'e2e'
    ? { permissions: [...PERMISSIONS, ...OPTIONAL_PERMISSIONS], host_permissions: LOOPBACK_HOSTS }
    : { permissions: PERMISSIONS, optional_permissions: OPTIONAL_PERMISSIONS }

interface Modules {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

type GroupName = (id: string, modules: Modules) => string | null

/**
 * Whether the popup loads the module at its start. What only screens of the options page have in
 * common must not travel with the popup.
 */
function isOfPopup(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (id.includes('/entrypoints/popup/')) return true
  if (seen.has(id)) return false
  seen.add(id)
  const importers = modules.getModuleInfo(id)?.importers ?? []
  return importers.some((importer) => isOfPopup(importer, modules, seen))
}

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/module-react'],
  vite: () => ({
    plugins: [tailwindcss()],
    build: { target: 'chrome120', modulePreload: { polyfill: false } },
  }),
  hooks: {
    // What both pages use travels as one file: each file costs a start-up a few milliseconds.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.some(({ type }) => type === 'popup')) return
      const output = config.build?.rolldownOptions?.output
      if (!output || Array.isArray(output)) return
      const test =
        /node_modules|src\/(domain|messaging|platform|ui\/(app|components|queries|text|view))\//
      const name: GroupName = (id, modules) => (isOfPopup(id, modules) ? 'shared' : null)
      Object.assign(output, { advancedChunks: { groups: [{ name, test, minShareCount: 2 }] } })
    },
  },
  manifest: ({ mode }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    minimum_chrome_version: '120',
    ...forBuild(mode),
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: { default_title: '__MSG_extName__' },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    },
    externally_connectable: { ids: [] },
  }),
})
