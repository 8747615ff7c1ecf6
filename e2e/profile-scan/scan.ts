import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

import { layersOf } from './decoders'
import { needlesOf } from './encodings'

export interface Canary {
  readonly name: string
  readonly value: string
}

export interface Hit {
  /** Path inside the profile. */
  readonly file: string
  /** Name of the canary. */
  readonly name: string
  /** How it was written, and after which unpacking it was seen. */
  readonly encoding: string
  /** In the file; of the block, record or stream where something had to be unpacked. */
  readonly offset: number
}

/**
 * Looks for values anywhere in a browser profile: in file names, in the bytes of every file, and in
 * what LevelDB tables and logs and gzip streams contain. Run it after the browser has closed, as a
 * running one still holds back writes. Brotli has no mark to know it by; the disk cache is covered
 * as far as it keeps answers plain or as gzip. Gives the first place per file, value and encoding.
 *
 * @throws {Error} when a LevelDB table cannot be read: it could hide anything
 */
export async function scanProfile(dir: string, canaries: readonly Canary[]): Promise<Hit[]> {
  const sought = canaries.flatMap(({ name, value }) =>
    needlesOf(value).map((needle) => ({ name, ...needle })),
  )
  const hits = new Map<string, Hit>()
  for (const file of await filesIn(dir)) {
    const bytes = await readFile(path.join(dir, file))
    const find = (where: Uint8Array, how: string, offsetIn: (at: number) => number) => {
      const searched = Buffer.from(where.buffer, where.byteOffset, where.byteLength)
      for (const { name, encoding, bytes: needle } of sought) {
        const at = searched.indexOf(needle)
        if (at < 0) continue
        const hit = { file, name, encoding: encoding + how, offset: offsetIn(at) }
        const key = JSON.stringify([file, name, hit.encoding])
        if (!hits.has(key)) hits.set(key, hit)
      }
    }
    find(Buffer.from(file), ' in the file name', () => 0)
    find(bytes, '', (at) => at)
    for (const layer of layers(file, bytes)) {
      for (const part of layer.parts) find(part.bytes, ` in ${layer.name}`, () => part.offset)
    }
  }
  return [...hits.values()]
}

function layers(file: string, bytes: Buffer) {
  try {
    return layersOf(file, bytes)
  } catch (error) {
    throw new Error(`${file} cannot be scanned`, { cause: error })
  }
}

/** Regular files only: a profile also has sockets and links that name the machine. */
async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .sort()
}
