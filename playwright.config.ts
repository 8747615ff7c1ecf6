import { defineConfig } from '@playwright/test'

/** Every test starts a browser of its own (`e2e/fixtures.ts`), so the config names none. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 120_000,
  // A slow machine is no failure; who passes waits no longer for it.
  expect: { timeout: 15_000 },
  // Two browsers at once are all that a small machine can time reliably.
  workers: 2,
  // Tests share nothing, so none waits for its file.
  fullyParallel: true,
  // A test that only passes the second time has found something.
  retries: 0,
  forbidOnly: true,
})
