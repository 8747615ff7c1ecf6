import type { SourceFile } from './source-files'

/** Everything a file loads at run time, itself included: files of ours and packages. */
export function closureOf(start: string, files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const seen = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const edge of byPath.get(path)?.imports ?? []) if (!edge.isType) visit(edge.to)
  }
  visit(start)
  return seen
}

/** Runtime import cycles, each as the path that leads back to its start. */
export function cyclesIn(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const at = trail.indexOf(path)
    if (at >= 0) {
      cycles.push([...trail.slice(at), path].join(' -> '))
      return
    }
    if (done.has(path)) return
    for (const edge of byPath.get(path)?.imports ?? []) {
      if (!edge.isType && byPath.has(edge.to)) visit(edge.to, [...trail, path])
    }
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return cycles
}
