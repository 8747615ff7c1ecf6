import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

export interface Import {
  readonly from: string
  /** File of ours, or the package's name. */
  readonly to: string
  readonly isType: boolean
}

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly Import[]
}

/** All files with one of the endings below the folders. */
export function readFiles(folders: readonly string[], ending = /\.(?:ts|tsx|mjs)$/): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.posix.join(folder, name.split(path.sep).join('/')),
      ),
    )
    .filter((name) => ending.test(name))
    .map(readSource)
}

function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(ROOT, file), 'utf8')
  return {
    path: file,
    text,
    lines: text.trimEnd().split('\n').length,
    imports: importsOf(file, text),
  }
}

const STATEMENT =
  /^[ \t]*(?:import|export)\s+(?<isType>type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"](?<to>[^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"](?<to>[^'"]+)['"]\s*\)/g

/**
 * Imports as the compiler keeps them: `import { type A }` still loads the file at run time, only
 * `import type` does not.
 */
function importsOf(file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
  const found = [...code.matchAll(STATEMENT), ...code.matchAll(DYNAMIC)]
  return found.map(({ groups }) => ({
    from: file,
    to: resolve(file, groups?.['to'] ?? ''),
    isType: groups?.['isType'] !== undefined,
  }))
}

const known = new Set(
  ['src', 'entrypoints', 'tests', 'e2e', 'scripts'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(folder, name.split(path.sep).join('/')),
    ),
  ),
)

function resolve(from: string, target: string): string {
  if (!target.startsWith('.') && !target.startsWith('@/')) return packageName(target)
  const plain = target.startsWith('@/')
    ? target.slice(2)
    : path.posix.join(path.posix.dirname(from), target)
  const endings = ['.ts', '.tsx', '/index.ts', '/index.tsx', '']
  return endings.map((ending) => plain + ending).find((one) => known.has(one)) ?? plain
}

function packageName(target: string): string {
  const depth = target.startsWith('@') ? 2 : 1
  return target.split('/').slice(0, depth).join('/')
}
