import path from 'node:path'

import { startFarm } from '@/e2e/relays/farm'
import { launchExtension } from '@/e2e/support/browser'

import { takePictures } from './pictures'
import { isRight, tourText } from './rows'
import { addDemoSites, type DemoSite } from './sites'
import { addSites, logInEverywhere, takeTour } from './tour'

const PICTURES = path.join('output', 'tour')

const say = (line: string) => {
  process.stderr.write(`${line}\n`)
}

/** The tour without a window: exit code 0 only if every account is as its site says. */
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
    const text = asJson
      ? JSON.stringify({ ok, accounts: rows, pictures })
      : tourText(rows, ok, PICTURES)
    process.stdout.write(`${text}\n`)
    return ok ? 0 : 1
  } finally {
    await extension.close()
    await farm.close()
  }
}

/** A window to play in, until it is closed. What waits for its user is there from the start. */
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
  const page = await extension.openOptions('/accounts')
  const shielded = sites.filter(({ shield }) => shield !== null)
  await addSites(extension, page, shielded, say)
  process.stdout.write(`${explanation(sites).join('\n')}\n`)
  await closed
  await farm.close()
  return 0
}

function explanation(sites: readonly DemoSite[]): string[] {
  const names = sites.map(({ name }) => name.length)
  const line = ({ name, origin }: DemoSite) => `  ${name.padEnd(Math.max(...names))}  ${origin}`
  return [
    'The browser is logged in at these demo sites:',
    ...sites.filter(({ shield }) => !shield).map(line),
    'This one is added already, and a protection page has come up in front of it:',
    ...sites.filter(({ shield }) => shield).map(line),
    '',
    'What to click:',
    '  1. In the Accounts tab: Add account, paste one of the addresses, Recognise automatically.',
    '  2. Look at what was found, then Add account. Nothing changes at the site.',
    '  3. Open the Relaydeck icon in the toolbar (behind the puzzle piece): balances at a glance.',
    '  4. Refresh there, or right in the Accounts tab.',
    '  5. Under Needs you: open the site behind the protection page and press its button.',
    'This build may reach the demo sites without asking; the real one asks for each site.',
    'Close the browser to end the demo.',
  ]
}

const args = process.argv.slice(2)
process.exitCode =
  args.includes('--headless') || args.includes('--json')
    ? await tour(args.includes('--json'))
    : await show()
