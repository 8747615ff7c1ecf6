import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'wxt'

// WXT would take the mode for NODE_ENV, and the browser tests would run React's development build.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production'

/**
 * Hosts that the browser-test build may reach without asking. The permission prompt cannot be
 * answered by a test, so that build lists its loopback hosts; the release build lists none.
 */
const LOOPBACK_HOSTS = [
  'http://127.0.0.1/*',
  'http://localhost/*',
  'http://*.localhost/*',
  'http://*.test/*',
]

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
    permissions: ['storage', 'alarms', 'scripting', 'activeTab'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(mode === 'e2e' ? { host_permissions: LOOPBACK_HOSTS } : {}),
    action: { default_title: '__MSG_extName__' },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    },
    externally_connectable: { ids: [] },
  }),
})
