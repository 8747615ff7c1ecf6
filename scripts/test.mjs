// Runs every check and test; plain JavaScript, as nothing is installed yet.
import { duration, say, Stop, tail } from './setup/progress.mjs'
import { schedule } from './test/schedule.mjs'
import { STEPS } from './test/steps.mjs'

/** Enough for what several failed tests say about themselves, before the list of their names. */
const TAIL_LINES = 300
const HEARTBEAT_MS = 60_000

/** The steps asked for by `--only=a,b`, with what they need; all without it. */
function chosenSteps(args) {
  const only = args.find((one) => one.startsWith('--only='))
  if (only === undefined && args.length === 0) return STEPS
  const names = only?.slice('--only='.length).split(',') ?? []
  const unknown = names.find((name) => !STEPS.some((step) => step.name === name))
  if (args.length > 1 || only === undefined || unknown !== undefined) {
    throw new Stop(`Usage: npm test -- --only=${STEPS.map((step) => step.name).join(',')}`)
  }
  const wanted = new Set()
  const want = (name) => {
    wanted.add(name)
    STEPS.find((step) => step.name === name)?.needs.forEach(want)
  }
  names.forEach(want)
  return STEPS.filter((step) => wanted.has(step.name))
}

/** Runs one step; what it cannot do is a failed result, never an exception. */
async function perform(step, found) {
  const began = performance.now()
  const heartbeat = setInterval(() => {
    say(`  … ${step.title}: running for ${duration(performance.now() - began)}`)
  }, HEARTBEAT_MS)
  try {
    return { ok: true, output: '', ...(await step.run(found)) }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { ok: false, output: error.message }
  } finally {
    clearInterval(heartbeat)
  }
}

function countsOf(step, result) {
  if (result.counts) return result.counts
  if (!result.ok) return { passed: 0, failed: [step.title], skipped: [] }
  return { passed: step.isPreparation ? 0 : 1, failed: [], skipped: [] }
}

function report(step, result, counts, elapsedMs) {
  const { passed, failed, skipped } = counts
  const figures = result.counts ? ` (${passed} passed, ${failed.length} failed)` : ''
  say(`${result.ok ? 'ok    ' : 'FAILED'} ${step.title}${figures} in ${duration(elapsedMs)}`)
  for (const name of skipped) say(`       skipped: ${name}`)
  if (result.ok) return
  say(result.timedOut ? `${step.failure} It was stopped: it took too long.` : step.failure)
  say(tail(result.output, TAIL_LINES).replace(/^/gm, '  | '))
  if (result.counts) for (const name of failed) say(`       failed: ${name}`)
}

async function main() {
  const steps = chosenSteps(process.argv.slice(2))
  const found = { chromium: '' }
  const total = { passed: 0, failed: 0, skipped: 0 }
  await schedule(steps, async (step, brokenNeed) => {
    if (brokenNeed !== undefined) {
      say(`FAILED ${step.title}: not run, as it needs ${brokenNeed}`)
      total.failed += 1
      return false
    }
    say(`       ${step.title} …`)
    const began = performance.now()
    const result = await perform(step, found)
    const counts = countsOf(step, result)
    report(step, result, counts, performance.now() - began)
    total.passed += counts.passed
    total.failed += counts.failed.length
    total.skipped += counts.skipped.length
    return result.ok
  })
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  say(`${total.passed} passed, ${total.failed} failed${skipped}`)
  return total.failed > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Stop)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
