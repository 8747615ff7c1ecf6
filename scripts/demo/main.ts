import path from 'node:path'

import { startFarm } from '@/e2e/relays/farm'
import { launchExtension } from '@/e2e/support/browser'

import { addLighthouse, isCredentialRight, type Lighthouse } from './lighthouse'
import { takePictures } from './pictures'
import { isRight, tourText } from './rows'
import { addDemoSites, type DemoSite } from './sites'
import { addSites, logInEverywhere, raiseShields, takeTour } from './tour'

const PICTURES = path.join('output', 'tour')

const say = (line: string) => {
  process.stderr.write(`${line}\n`)
}

/** The tour without a window: exit code 0 only if every account is as its site says. */
async function tour(asJson: boolean): Promise<number> {
  const farm = await startFarm()
  const sites = addDemoSites(farm)
  const lighthouse = addLighthouse(farm)
  const extension = await launchExtension()
  try {
    say('logging in at the demo consoles')
    await logInEverywhere(extension, sites)
    const { rows, credential, key } = await takeTour(extension, sites, lighthouse, say)
    say('taking pictures')
    const pictures = await takePictures(extension, key, PICTURES)
    const ok = rows.length > 0 && rows.every(isRight) && isCredentialRight(credential)
    const text = asJson
      ? JSON.stringify({ ok, accounts: rows, credential, pictures })
      : tourText(rows, credential, ok, PICTURES)
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
  const lighthouse = addLighthouse(farm)
  const extension = await launchExtension({ headless: false })
  const closed = new Promise<void>((resolve) => {
    extension.context.on('close', () => {
      resolve()
    })
  })
  await logInEverywhere(extension, sites)
  const page = await extension.openOptions('/accounts')
  const shielded = sites.filter(({ shield }) => shield !== null)
  await raiseShields(extension, page, await addSites(extension, page, shielded, say))
  process.stdout.write(`${explanation(sites, lighthouse).join('\n')}\n`)
  await closed
  await farm.close()
  return 0
}

function explanation(sites: readonly DemoSite[], { name, origin, apiKey }: Lighthouse): string[] {
  const names = sites.map(({ name }) => name.length)
  const line = (site: DemoSite) => `  ${site.name.padEnd(Math.max(...names))}  ${site.origin}`
  return [
    'The browser is logged in at these demo sites:',
    ...sites.filter(({ shield }) => !shield).map(line),
    'This one is added already, and a protection page has come up in front of it:',
    ...sites.filter(({ shield }) => shield).map(line),
    'Somebody gave you a key of one more, where you have no account:',
    `  ${name}  ${origin}  ${apiKey}`,
    '',
    'What to click:',
    '  1. In the Accounts tab: Add account, paste one of the addresses, Recognise automatically.',
    '  2. Look at what was found, then Add account. Nothing changes at the site.',
    '  3. Open the Relaydeck icon in the toolbar (behind the puzzle piece): balances at a glance.',
    '  4. Refresh there, or right in the Accounts tab.',
    '  5. Under Needs you: open the site behind the protection page and press its button.',
    '  6. Under Keys: Refresh lists the keys of every site. Copy, limit, verify or export one by the',
    '     menu at the end of its row.',
    '  7. Under Credentials: add the address and the key from above, and verify it.',
    'This build may reach the demo sites without asking; the real one asks for each site.',
    'Close the browser to end the demo.',
  ]
}

const args = process.argv.slice(2)
process.exitCode =
  args.includes('--headless') || args.includes('--json')
    ? await tour(args.includes('--json'))
    : await show()
