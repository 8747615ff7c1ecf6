import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * Runs a test runner that writes a JSON report, and counts what the report says.
 *
 * @param {(report: any) => import('./steps.mjs').Counts} count
 * @param {(file: string) => Promise<import('../setup/processes.mjs').RunResult>} start
 */
export async function runCounted(count, start) {
  const folder = mkdtempSync(join(tmpdir(), 'relaydeck-report-'))
  const file = join(folder, 'report.json')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // An interrupted run ends without coming back here.
  process.once('exit', remove)
  try {
    const result = await start(file)
    const counts = readCounts(count, file)
    // An error outside of every test, or a runner that did not get to its end.
    if (!result.ok && counts.failed.length === 0) {
      const why = result.timedOut ? 'took too long' : `ended with code ${String(result.code)}`
      counts.failed.push(`the test run itself (${why})`)
    }
    return { ...result, ok: counts.failed.length === 0, counts }
  } finally {
    process.off('exit', remove)
    remove()
  }
}

function readCounts(count, file) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { passed: 0, failed: ['the test run itself (no report)'], skipped: [] }
  }
}

/** A test file that does not load has no tests in the report; it counts as one failed test. */
export function countVitest(report) {
  const counts = { passed: 0, failed: [], skipped: [] }
  for (const file of report.testResults) {
    const where = basename(file.name)
    const failedBefore = counts.failed.length
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1
      else counts[status === 'failed' ? 'failed' : 'skipped'].push(`${where}: ${fullName.trim()}`)
    }
    if (file.status === 'failed' && counts.failed.length === failedBefore) counts.failed.push(where)
  }
  return counts
}

/** A flaky test counts as failed: it has shown that it can fail. */
export function countPlaywright(report) {
  const counts = { passed: 0, failed: [], skipped: [] }
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = `${spec.file}: ${spec.title}`
        if (test.status === 'expected') counts.passed += 1
        else if (test.status === 'skipped') counts.skipped.push(name)
        else counts.failed.push(test.status === 'flaky' ? `${name} (flaky)` : name)
      }
    }
    for (const inner of suite.suites ?? []) visit(inner)
  }
  for (const suite of report.suites) visit(suite)
  for (const error of report.errors) {
    counts.failed.push(firstLine(error.message ?? 'an error outside of every test'))
  }
  return counts
}

function firstLine(text) {
  return text.split('\n')[0] ?? ''
}
