import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/**
 * Which way imports run. Every row is a layer (`src/<name>`) or single files of one, and lists what
 * it may import: `values` freely, `types` as types only, both as folders or files below `src`.
 * Inside a layer, imports are relative. `packages` and `globals` are the guarded ones it may use.
 */
const LAYERS = [
  { files: 'domain', packages: ['zod/mini'] },
  { files: 'platform', values: ['domain'], packages: ['browser'], globals: ['browser'] },
  // Requests with cookies of their own exist only together with the browser's header rules.
  { files: 'platform/own-cookies-fetch.ts', values: ['domain'], globals: ['network'] },
  { files: 'net', values: ['domain'], packages: ['zod/mini'], globals: ['network'] },
  { files: 'crypto', values: ['domain'], packages: ['zod/mini'] },
  {
    files: 'storage',
    values: ['domain', 'crypto'],
    packages: ['zod/mini', 'idb'],
    globals: ['indexedDB'],
  },
  {
    files: 'sites',
    // Of net only what is pure: requests go through the transport that is passed in.
    values: ['domain', 'net/challenge', 'net/classify', 'net/envelope', 'net/reason', 'net/redact'],
    types: ['net'],
    packages: ['zod/mini'],
  },
  {
    files: 'services',
    values: ['domain', 'platform', 'net', 'crypto', 'storage', 'sites'],
    packages: ['zod/mini'],
  },
  {
    files: 'messaging',
    values: ['domain', 'platform'],
    // The page channel carries whole site requests.
    types: ['net/transport'],
    packages: ['zod/mini', 'browser'],
    globals: ['browser'],
  },
  // Every target's format is pure: what leaves the browser is built here and sent elsewhere.
  { files: 'exporters', values: ['domain'] },
  { files: 'background', values: ['domain', 'services', 'storage', 'messaging', 'platform'] },
  {
    // What the first part of the worker lends the second one: types of everything.
    files: 'background/late/ports.ts',
    types: ['domain', 'net', 'services', 'sites', 'storage', 'messaging'],
  },
  {
    // The composition root of the second part. Everything with a memory is lent, see ports.ts.
    files: 'background/late/compose.ts',
    values: [
      'domain',
      'net',
      'crypto',
      'storage',
      'services',
      'sites/late-registry',
      'messaging',
      'background',
    ],
    types: ['sites'],
  },
  {
    // What the first part of the worker lends the automation: types of everything.
    files: 'background/automation/ports.ts',
    types: ['domain', 'net', 'services', 'sites', 'storage', 'messaging'],
  },
  {
    // The composition root of the automation. Everything with a memory is lent, see ports.ts.
    files: 'background/automation/compose.ts',
    values: [
      'domain',
      'platform',
      'net',
      'crypto',
      'storage',
      'services',
      'sites/daily-registry',
      'messaging',
      'background',
    ],
    types: ['sites'],
  },
  {
    // The composition root.
    files: 'background/compose.ts',
    values: [
      'domain',
      'platform',
      'net',
      'crypto',
      'storage',
      'sites',
      'services',
      'messaging',
      'background',
    ],
    globals: ['network'],
  },
  {
    files: 'ui',
    values: [
      'domain',
      'exporters',
      'messaging/client',
      'messaging/events',
      'platform/site-access',
      'platform/own-cookies-permission',
      'platform/notifications-permission',
      'platform/bookmarks',
      'platform/pages',
      'platform/page-language',
    ],
    types: ['messaging/protocol', 'messaging/late-protocol', 'messaging/automation'],
    packages: ['react'],
  },
  {
    // Paid on every page it runs in: nothing but constants and types.
    files: 'content',
    values: ['domain', 'messaging'],
    globals: ['network'],
  },
  {
    folder: 'entrypoints',
    files: '',
    values: [
      'background/start',
      'background/late/start',
      'background/automation/start',
      'ui',
      'content',
      'messaging/content-server',
    ],
    packages: ['react', 'browser'],
    globals: ['browser'],
  },
]

/** Packages that only some layers may import. */
const GUARDED_PACKAGES = {
  'zod/mini': String.raw`zod/mini$`,
  idb: String.raw`idb$`,
  browser: String.raw`#imports$|wxt(?:/|$)|webextension-polyfill`,
  react: String.raw`react(?:-dom|-i18next)?(?:/|$)|i18next|zustand|lucide-react|@tanstack/`,
}

/** Globals that only some layers may use. */
const GUARDED_GLOBALS = {
  network: ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
  browser: ['browser', 'chrome'],
  indexedDB: ['indexedDB'],
}

const OTHER_FOLDERS = 'src|entrypoints|tests|e2e|scripts'
const LAYER_NAMES = LAYERS.filter(({ files }) => /^[a-z]+$/.test(files)).map(({ files }) => files)

/** Matches `@/src/…` addresses of the given folders and files. */
function below(paths) {
  return paths.length === 0 ? '(?!)' : `(?:${paths.join('|')})(?:/|$)`
}

function importPatterns({ values = [], types = [], packages = [] }) {
  const guarded = Object.entries(GUARDED_PACKAGES)
    .filter(([name]) => !packages.includes(name))
    .map(([name, regex]) => ({
      regex: `^(?:${regex})`,
      allowTypeImports: true,
      message: `This layer does not use ${name}.`,
    }))
  return [
    {
      regex: `^@/(?:(?:entrypoints|tests|e2e|scripts)/|src/(?!${below([...values, ...types])}))`,
      message: 'This layer does not know that one: see the table in eslint.config.js.',
    },
    {
      regex: `^@/src/(?!${below(values)})${below(types)}`,
      allowTypeImports: true,
      message: 'Only types of it: see the table in eslint.config.js.',
    },
    {
      regex: String.raw`^(?:\.\./)+(?:${OTHER_FOLDERS}|${LAYER_NAMES.join('|')})(?:/|$)`,
      message: 'Other layers are imported as @/src/<layer>/….',
    },
    { regex: '^[~@]{2}/|^~/', message: 'The alias is @/.' },
    { regex: '^zod(?!/mini$)(?:/|$)', message: 'Import zod/mini: full zod is six times its size.' },
    ...guarded,
  ]
}

function layerConfig({ folder = 'src/', files, globals = [], ...imports }) {
  const place = `${folder}${files}`
  const forbidden = Object.entries(GUARDED_GLOBALS)
    .filter(([name]) => !globals.includes(name))
    .flatMap(([, names]) => names)
  return {
    files: [/\.tsx?$/.test(files) ? place : `${place}/**/*.{ts,tsx}`],
    languageOptions: { globals: { self: 'readonly', window: 'readonly' } },
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: importPatterns(imports) }],
      'no-restricted-globals': [
        'error',
        { globals: forbidden, checkGlobalObject: true, globalObjects: ['self', 'window'] },
      ],
    },
  }
}

const EVERYWHERE = {
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-eval': 'error',
  'no-new-func': 'error',
  'object-shorthand': 'error',
  'prefer-template': 'error',
}

const TYPED = {
  // A type-only import must not leave a runtime edge behind.
  '@typescript-eslint/consistent-type-imports': [
    'error',
    // Types of JSON files and of optional modules are named where they are used.
    { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
  ],
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  // Fields of foreign data stay visible as such, and an empty string is a missing one.
  '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
  '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // It does not see a parameter that ties values of one body together.
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  // Empty functions are honest defaults of callbacks.
  '@typescript-eslint/no-empty-function': 'off',
  // Code points are what a spread string is meant to give.
  '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
}

const SYNTAX = [
  { selector: 'TSEnumDeclaration', message: 'Use a const object or a union of literals.' },
  {
    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    message: 'Text of sites is never markup.',
  },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Text of sites is never markup.',
  },
]

/** The plain scripts run on Node alone; listed, as one package fewer is worth a short list. */
const NODE_GLOBALS = Object.fromEntries(
  [
    'process',
    'console',
    'Buffer',
    'URL',
    'AbortController',
    'AbortSignal',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'performance',
  ].map((name) => [name, 'readonly']),
)

export default defineConfig(
  globalIgnores(['node_modules', '.output', '.wxt', 'output', 'test-results', 'playwright-report']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: EVERYWHERE },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: TYPED,
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: NODE_GLOBALS },
  },
  {
    files: ['{src,entrypoints}/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...SYNTAX] },
  },
  {
    // These rules take a sixth of the time, so they look where hooks can be.
    files: ['{src/ui,entrypoints}/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    // Concerns the React compiler, which does not run here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  ...LAYERS.map(layerConfig),
  {
    // A describe block is as long as its tests are many.
    files: ['tests/**/*.test.{ts,tsx}', 'e2e/**/*.spec.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // There, a missing value fails the test just as well.
    files: ['{tests,e2e,scripts}/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A fixture of the browser tests must destructure its first argument, also when it takes none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
)
