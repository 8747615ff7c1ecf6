// Shows the extension at work against demo relays; plain JavaScript, as nothing is installed yet.
import { launch } from './setup/launch.mjs'

const args = process.argv.slice(2)
const hasDisplay =
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
if (!hasDisplay && !args.includes('--headless')) args.push('--headless')

process.exitCode = await launch('scripts/demo/main.ts', args)
