import { availableParallelism } from 'node:os'

import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing'

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 20_000,
    // One core less is the default, which is half of a small machine.
    maxWorkers: availableParallelism(),
  },
})
