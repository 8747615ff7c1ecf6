import { expect, type Page } from '@playwright/test'

import type { JournalEntry } from '@/src/domain/journal'
import type { OutputOf } from '@/src/messaging/protocol'

import { journalOf } from '../support/automation'
import type { ExtensionBrowser } from '../support/browser'

type CheckIns = OutputOf<'checkIn.list'>

/** Every account with a check-in, and the run under way or the last one. */
export async function checkIns(extension: ExtensionBrowser, page: Page): Promise<CheckIns> {
  const list = await extension.send(page, 'checkIn.list', {})
  if (!list.ok) throw new Error(`no check-ins: ${JSON.stringify(list.failure)}`)
  return list.value
}

export function isOpen(run: JournalEntry | null): boolean {
  return run?.state === 'running'
}

/**
 * Waits until nothing is under way, neither a run nor a later look of it; resolves with the last run
 * that was asked for.
 */
export async function runEnd(
  extension: ExtensionBrowser,
  page: Page,
  timeout = 60_000,
): Promise<JournalEntry> {
  let entries: JournalEntry[] = []
  await expect
    .poll(
      async () => {
        const { run } = await checkIns(extension, page)
        entries = await journalOf(extension, page, 'check-in')
        return [run, ...entries].some(isOpen)
      },
      { timeout },
    )
    .toBe(false)
  const run = entries.find(({ why }) => why === 'you')
  if (!run) throw new Error('there was no run')
  return run
}

/** Checks everything in that is left, undisturbed. */
export async function runAll(extension: ExtensionBrowser, page: Page): Promise<JournalEntry> {
  const started = await extension.send(page, 'checkIn.run', {})
  if (!started.ok) throw new Error(`run not started: ${JSON.stringify(started.failure)}`)
  return runEnd(extension, page)
}
