import { availableParallelism } from 'node:os'

import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing'

const SCREENS = 'tests/{ui,content}/**'
/** They are about what modules remember, or about being loaded. */
const FRESH = ['tests/ui/{i18n,screens,mount-page}.test.tsx']

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    // One core less is the default, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          ...shared('domain', 0),
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [SCREENS, ...FRESH],
        },
      },
      // A worker that takes up a document for one file and puts it away for the next is slow.
      {
        extends: true,
        test: { ...shared('screens', 1), include: [`${SCREENS}/*.test.{ts,tsx}`], exclude: FRESH },
      },
      { extends: true, test: { ...shared('fresh', 2), include: FRESH, isolate: true } },
    ],
  },
})

/** Test files share their modules (`tests/setup.ts`), which is more than twice as fast. */
function shared(name: string, groupOrder: number) {
  return {
    name,
    environment: 'node' as const,
    isolate: false,
    setupFiles: ['tests/setup.ts'],
    testTimeout: 20_000,
    sequence: { groupOrder },
  }
}
