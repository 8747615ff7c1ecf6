import { ensureChromium } from '../setup/chromium.mjs'
import { ensureDependencies } from '../setup/dependencies.mjs'
import { runTool } from '../setup/tools.mjs'
import { countPlaywright, countVitest, runCounted } from './suites.mjs'

const MINUTE = 60_000

/**
 * @typedef {import('../setup/processes.mjs').RunResult} RunResult
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {readonly string[]} failed names
 * @property {readonly string[]} skipped names
 *
 * @typedef {object} Step
 * @property {string} name as in `--only`
 * @property {string} title
 * @property {string} failure one sentence
 * @property {readonly string[]} needs steps without which this one cannot run
 * @property {number} [cores] it keeps busy; all unless told
 * @property {boolean} [isPreparation] counts only when it fails
 * @property {(found: Found) => Promise<RunResult & { counts?: Counts } | void>} run
 *
 * @typedef {{ chromium: string }} Found What preparations found for later steps.
 */

/**
 * Everything `npm test` does, in this order; the long one-core checks come first.
 *
 * @type {readonly Step[]}
 */
export const STEPS = [
  {
    name: 'dependencies',
    title: 'installed packages',
    failure: 'The packages are not installed.',
    needs: [],
    cores: 1,
    isPreparation: true,
    run: () => ensureDependencies(),
  },
  {
    name: 'chromium',
    title: 'browser',
    failure: 'There is no Chromium to test with.',
    needs: [],
    cores: 1,
    isPreparation: true,
    run: async (found) => {
      found.chromium = await ensureChromium()
    },
  },
  {
    name: 'prepare',
    title: 'generated types',
    failure: 'wxt prepare could not generate its types.',
    needs: ['dependencies'],
    isPreparation: true,
    run: () => runTool('wxt', ['prepare']),
  },
  tool('lint', 'eslint', 'ESLint found problems.', 'eslint', ['.', '--max-warnings=0'], 8),
  tool('types', 'type check', 'The type check found errors.', 'tsc', ['--noEmit']),
  tool('format', 'prettier', 'Some files are not formatted; npm run format does it.', 'prettier', [
    '--check',
    '.',
  ]),
  tool('knip', 'knip', 'There are unused files, exports or packages.', 'knip', ['--no-progress']),
  tool('build', 'release build', 'The release does not build.', 'wxt', ['build']),
  tool('build-e2e', 'browser test build', 'The browser test variant does not build.', 'wxt', [
    'build',
    '--mode',
    'e2e',
  ]),
  {
    name: 'unit',
    title: 'unit tests',
    failure: 'Unit tests failed.',
    needs: ['prepare'],
    run: () =>
      runCounted(countVitest, (report) =>
        runTool(
          'vitest',
          ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          { timeoutMs: 25 * MINUTE },
        ),
      ),
  },
  {
    name: 'e2e',
    title: 'browser tests',
    failure: 'Browser tests failed.',
    needs: ['chromium', 'build', 'build-e2e'],
    run: ({ chromium }) =>
      runCounted(countPlaywright, (report) =>
        runTool('playwright', ['test', '--reporter=line,json'], {
          // Without a terminal the line reporter would print one line per test and step.
          output: process.stdout.isTTY ? 'tee' : 'capture',
          timeoutMs: 30 * MINUTE,
          env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        }),
      ),
  },
]

/** A check that is one command and counts as one test. */
function tool(name, title, failure, command, args, minutes = 4) {
  const needs = name === 'format' || name.startsWith('build') ? ['dependencies'] : ['prepare']
  const run = () => runTool(command, args, { timeoutMs: minutes * MINUTE })
  return { name, title, failure, needs, cores: 1, run }
}
