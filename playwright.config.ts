import { defineConfig } from '@playwright/test'

/** Every test starts a browser of its own (`e2e/fixtures.ts`), so the config names none. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  // Two browsers at once are all that a small machine can time reliably.
  workers: 2,
  fullyParallel: false,
  // A test that only passes the second time has found something.
  retries: 0,
  forbidOnly: true,
})
