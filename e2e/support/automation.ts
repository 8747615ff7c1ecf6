import { expect, type Page } from '@playwright/test'

import type { JournalEntry, JournalKind } from '@/src/domain/journal'
import type { OutputOf } from '@/src/messaging/protocol'

import { ringPulse } from './alarms'
import type { ExtensionBrowser } from './browser'

type Settings = OutputOf<'automation.settings'>
/** Parts of sections; what is left out stays. */
type Edit = {
  readonly [Section in keyof Settings]?: Partial<Settings[Section]> | Settings['badge']
}

export async function automationSettings(
  extension: ExtensionBrowser,
  page: Page,
): Promise<Settings> {
  const answer = await extension.send(page, 'automation.settings', {})
  if (!answer.ok) throw new Error(`no settings: ${JSON.stringify(answer.failure)}`)
  return answer.value
}

/** Decides parts of the automation, through the worker's door. */
export async function decide(
  extension: ExtensionBrowser,
  page: Page,
  edit: Edit,
): Promise<Settings> {
  const current = await automationSettings(extension, page)
  const sections = Object.entries(edit).map(([name, part]) => {
    const whole = current[name as keyof Settings]
    return [name, typeof whole === 'object' ? { ...whole, ...(part as object) } : part]
  })
  const changed = await extension.send(page, 'automation.set', {
    edit: Object.fromEntries(sections) as Partial<Settings>,
  })
  if (!changed.ok) throw new Error(`not decided: ${JSON.stringify(changed.failure)}`)
  return changed.value
}

/** Lets check-ins have a fixed time: the next whole minute after so many, but for the last moment. */
export async function checkInAfter(
  extension: ExtensionBrowser,
  page: Page,
  minutes: number,
  more: Partial<Settings['checkIn']> = {},
): Promise<void> {
  const at = await page.evaluate(
    (offset) => new Date(Date.now() + offset * 60_000 + 75_000).toTimeString().slice(0, 5),
    minutes,
  )
  await decide(extension, page, {
    checkIn: { mode: 'fixed', from: '00:00', to: '23:59', at, ...more },
  })
}

/** What the journal has of a kind, newest first. */
export async function journalOf(
  extension: ExtensionBrowser,
  page: Page,
  kind: JournalKind,
): Promise<JournalEntry[]> {
  const answer = await extension.send(page, 'journal.list', { kinds: [kind], limit: 50 })
  if (!answer.ok) throw new Error(`no journal: ${JSON.stringify(answer.failure)}`)
  return answer.value.entries
}

/**
 * Lets the worker look until a job of that kind that nobody asked for has gone through all its accounts;
 * gives it. It may still wait for a further try.
 */
export async function ringUntilRun(
  extension: ExtensionBrowser,
  page: Page,
  kind: JournalKind,
): Promise<JournalEntry> {
  let found: JournalEntry | undefined
  await expect
    .poll(
      async () => {
        await ringPulse(page)
        found = (await journalOf(extension, page, kind)).find(({ why }) => why !== 'you')
        const isOver = found?.lines.every(({ state }) => state !== 'waiting')
        return isOver === true && found?.state !== 'running'
      },
      { timeout: 150_000, intervals: [2_000] },
    )
    .toBe(true)
  return found!
}
