import path from 'node:path'

import { startFarm } from '@/e2e/relays/farm'
import { launchExtension } from '@/e2e/support/browser'

import { tableLines } from '../table'
import { addDemoSites, type DemoSite } from './sites'
import { logInEverywhere, takePictures, takeTour, type TourRow } from './tour'

const PICTURES = path.join('output', 'tour')
const QUOTA_PER_UNIT = 500_000

const say = (line: string) => {
  process.stderr.write(`${line}\n`)
}

const isRight = (row: TourRow) => row.balancePoints === row.relayPoints && row.state === 'good'

const usd = (points: number | null) =>
  points === null ? '—' : `$${(points / QUOTA_PER_UNIT).toFixed(4)}`

/** The tour without a window: exit code 0 only if every balance equals the relay's. */
async function tour(asJson: boolean): Promise<number> {
  const farm = await startFarm()
  const sites = addDemoSites(farm)
  const extension = await launchExtension()
  try {
    say('logging in at the demo consoles')
    await logInEverywhere(extension, sites)
    const rows = await takeTour(extension, sites, say)
    say('taking pictures')
    const pictures = await takePictures(extension, PICTURES)
    const ok = rows.length > 0 && rows.every(isRight)
    if (asJson) process.stdout.write(`${JSON.stringify({ ok, accounts: rows, pictures })}\n`)
    else printTour(rows, ok)
    return ok ? 0 : 1
  } finally {
    await extension.close()
    await farm.close()
  }
}

function printTour(rows: readonly TourRow[], ok: boolean): void {
  const cells = rows.map((row) => [
    row.site,
    row.user,
    row.login,
    row.state,
    usd(row.balancePoints),
    usd(row.relayPoints),
    usd(row.todayPoints),
    isRight(row) ? 'equal' : 'DIFFERENT',
  ])
  const header = ['site', 'user', 'login by', 'state', 'balance', "relay's books", 'today', '']
  process.stdout.write(`${tableLines(header, cells, [4, 5, 6]).join('\n')}\n`)
  process.stdout.write(`\nPictures of popup and Accounts page: ${PICTURES}${path.sep}\n`)
  process.stdout.write(
    ok ? 'Every balance equals the relay’s.\n' : 'Not every balance equals the relay’s.\n',
  )
}

/** A window to play in, until it is closed. */
async function show(): Promise<number> {
  const farm = await startFarm()
  const sites = addDemoSites(farm)
  const extension = await launchExtension({ headless: false })
  const closed = new Promise<void>((resolve) => {
    extension.context.on('close', () => {
      resolve()
    })
  })
  await logInEverywhere(extension, sites)
  await extension.openOptions('/accounts')
  process.stdout.write(`${explanation(sites).join('\n')}\n`)
  await closed
  await farm.close()
  return 0
}

function explanation(sites: readonly DemoSite[]): string[] {
  return [
    'The browser is logged in at these demo sites:',
    ...sites.map((site) => `  ${site.name}  ${site.origin}`),
    '',
    'What to click:',
    '  1. In the Accounts tab: Add account, paste one of the addresses, Recognise automatically.',
    '  2. Look at what was found, then Add account. Nothing changes at the site.',
    '  3. Open the Relaydeck icon in the toolbar (behind the puzzle piece): balances at a glance.',
    '  4. Refresh there, or right in the Accounts tab.',
    'This build may reach the demo sites without asking; the real one asks for each site.',
    'Close the browser to end the demo.',
  ]
}

const args = process.argv.slice(2)
process.exitCode =
  args.includes('--headless') || args.includes('--json')
    ? await tour(args.includes('--json'))
    : await show()
