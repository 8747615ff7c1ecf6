import { expect, test } from '../fixtures'
import { CheckInPage } from '../pages/check-in-page'
import { kindOf } from './kinds'
import { addCheckInSites, checkInElsewhere, type CheckInSite, postsTo } from './sites'

type Six = [CheckInSite, CheckInSite, CheckInSite, CheckInSite, CheckInSite, CheckInSite]

/** A request is given up after 15 s; then the site is asked. */
const FOUND_OUT = { timeout: 60_000 }

const postOf = ({ kind }: CheckInSite) => ({ method: 'POST', path: kindOf(kind).post })

test('a check-in that was never answered is found out by asking, and never sent again', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(180_000)
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Booked' },
    { kind: 'AnyRouter', name: 'Logged' },
    { kind: 'Veloera', name: 'Lost' },
    { kind: 'New API 2026', name: 'Down' },
    { kind: 'WONG', name: 'Cut' },
    { kind: 'AnyRouter', name: 'Known' },
  ])
  const [booked, logged, lost, down, cut, known] = sites as Six
  await checkInElsewhere(farm, known, 3_600_000)
  for (const site of [booked, logged, known]) {
    site.relay.faults.set(postOf(site), { kind: 'done-hang' })
  }
  lost.relay.faults.set(postOf(lost), { kind: 'hang' }, 1)
  cut.relay.faults.set(postOf(cut), { kind: 'done-reset' })
  // It books, and answers nothing more from then on.
  down.relay.faults.set(postOf(down), { kind: 'done-hang' })
  const page = await CheckInPage.goTo(options)
  await page.startAll()
  await expect.poll(() => down.relay.books.checkIns.length, FOUND_OUT).toBe(1)
  down.relay.faults.set({ path: '*' }, { kind: 'status', status: 502 })

  await expect(page.today('Booked')).toHaveText('Doneconfirmed by the site’s status', FOUND_OUT)
  await expect(page.today('Logged')).toHaveText('Doneconfirmed by the account’s log', FOUND_OUT)
  await expect(page.today('Cut')).toHaveText('Doneconfirmed by the site’s status', FOUND_OUT)
  await expect(page.today('Down')).toContainText('Unknown', FOUND_OUT)
  await expect(page.today('Lost')).toContainText('Not done', FOUND_OUT)
  // The site said that it was done before, and nobody heard it.
  await expect(page.today('Known')).toContainText('Unknown', FOUND_OUT)
  for (const site of sites) expect([site.name, postsTo(site)]).toEqual([site.name, 1])

  // Unknown stays unknown as long as nothing tells, and is not sent again however often one asks.
  await page.choose('Down', 'Check in')
  await expect(page.startButton).toBeEnabled()
  await expect(page.today('Down')).toContainText('Unknown')
  expect(postsTo(down)).toBe(1)
  down.relay.faults.clear()
  await page.choose('Down', 'Look again')
  await expect(page.today('Down')).toHaveText('Doneconfirmed by the site’s status')

  // What is not there yet may still arrive: it is sent once more, but not now.
  await options
    .getByRole('button', { name: /^Retry failed/ })
    .first()
    .click()
  await expect(page.startButton).toBeEnabled()
  await expect(page.today('Lost')).toContainText('Not done')
  await expect(page.row('Lost').getByRole('cell').nth(5)).toHaveText(/^\d\d:\d\d$/)
  for (const site of sites) {
    expect([site.name, postsTo(site)]).toEqual([site.name, 1])
    expect([site.name, site.relay.books.checkIns.length]).toEqual([
      site.name,
      site === lost ? 0 : 1,
    ])
  }
})
