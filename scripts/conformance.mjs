// Starts the conformance run; plain JavaScript so that a missing installation is said in one sentence.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')

if (!existsSync(join(root, 'node_modules', '.bin', 'tsx'))) {
  console.error('The dependencies are not installed: run "npm ci" first.')
  process.exit(2)
}

const folder = join(root, 'scripts', 'conformance')
const child = spawn(
  process.execPath,
  [
    tsx,
    '--tsconfig',
    join(folder, 'tsconfig.json'),
    join(folder, 'main.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1
})
