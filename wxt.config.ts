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
const OPTIONAL_PERMISSIONS = ['cookies', 'webRequest', 'bookmarks']

/** What differs in the build for browser tests: a test can answer none of the browser's questions. */
const forBuild = (mode: string) =>
  mode === 'e2e'
    ? { permissions: [...PERMISSIONS, ...OPTIONAL_PERMISSIONS], host_permissions: LOOPBACK_HOSTS }
    : { permissions: PERMISSIONS, optional_permissions: OPTIONAL_PERMISSIONS }

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
      Object.assign(output, {
        advancedChunks: { groups: [{ name: 'shared', test, minShareCount: 2 }] },
      })
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
