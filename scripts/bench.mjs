// Measures speed and size of the built extension; plain JavaScript, as nothing is installed yet.
import { launch } from './setup/launch.mjs'

process.exitCode = await launch('scripts/bench/main.ts', process.argv.slice(2))
