import { expect, type Page } from '@playwright/test'

import { AutomationSettings } from '../pages/automation-settings'
import { alarmsOf } from '../support/alarms'

/** What has to be done before takes a while, and nothing is planned within half a minute, ms. */
const LEAD_MS = 40_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** The next full minute that is far enough away, epoch ms. */
export function comingMinute(): number {
  return Math.ceil((Date.now() + LEAD_MS) / MINUTE_MS) * MINUTE_MS
}

/** `HH:MM` on the clock of the browser. */
function timeOf(page: Page, atMs: number): Promise<string> {
  return page.evaluate((ms) => new Date(ms).toTimeString().slice(0, 5), atMs)
}

/** Has everything checked in at that minute of the day, as a person sets it. Ends on the settings. */
export async function setFixedTime(page: Page, atMs: number): Promise<string> {
  await page.bringToFront()
  await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  const settings = new AutomationSettings(page)
  const field = (label: string) => settings.field('Check-in', label)
  const time = await timeOf(page, atMs)
  await field('From').fill(await timeOf(page, atMs - HOUR_MS))
  await field('To').fill(await timeOf(page, atMs + HOUR_MS))
  await field('At a fixed time').check()
  await field('Fixed time').fill(time)
  await settings.save('Check-in')
  await expect(settings.outcome('Check-in')).toHaveText('Saved')
  return time
}

/** When the browser is going to wake the worker for what is planned; `null` = it is not. */
export async function plannedAlarm(page: Page): Promise<number | null> {
  const alarms = await alarmsOf(page)
  return alarms.find(({ name }) => name === 'relaydeck.later.automation')?.scheduledTime ?? null
}
