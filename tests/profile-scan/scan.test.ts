import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { scanProfile } from '@/e2e/profile-scan/scan'

import { logFile, putBatch, tableBlock, tableFile } from './leveldb-files'

const VALUE = 'Canary konto 余额/7?'
const CANARY = { name: 'account', value: VALUE }
const BYTES = Buffer.from(VALUE)

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'relaydeck-scan-'))
})

afterEach(async () => {
  await rm(dir, { recursive: true })
})

async function hitsIn(file: string, contents: Buffer | string): Promise<string[]> {
  const target = path.join(dir, file)
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(target, contents)
  const hits = await scanProfile(dir, [CANARY, { name: 'other', value: 'not in there' }])
  return hits.map((hit) => `${hit.file} ${hit.name} ${hit.encoding}`)
}

describe('encodings', () => {
  it.each([
    ['utf-8', BYTES],
    ['utf-16le', Buffer.from(VALUE, 'utf16le')],
    ['hex', BYTES.toString('hex')],
    ['hex', BYTES.toString('hex').toUpperCase()],
    ['percent', encodeURIComponent(VALUE)],
    ['percent', BYTES.toString('hex').replace(/../g, '%$&')],
  ])('finds %s between other bytes', async (encoding, written) => {
    const contents = Buffer.concat([Buffer.from('before'), Buffer.from(written), Buffer.from([0])])
    expect(await hitsIn('Default/file', contents)).toContain(`Default/file account ${encoding}`)
  })

  it.each([0, 1, 2, 3, 4, 5])('finds base64 behind %i other bytes', async (before) => {
    const whole = Buffer.concat([Buffer.alloc(before, 0xa7), BYTES, Buffer.alloc(7, 0xe3)])
    expect(await hitsIn('file', whole.toString('base64'))).toEqual(['file account base64'])
    expect(await hitsIn('file', whole.toString('base64url'))).toEqual(['file account base64'])
  })

  it('finds a number as stored objects keep it', async () => {
    const number = Buffer.alloc(12, 0x4e)
    number.writeDoubleLE(918_273_645_546_372, 3)
    await writeFile(path.join(dir, 'file'), number)
    const hits = await scanProfile(dir, [{ name: 'balance', value: '918273645546372' }])
    expect(hits).toEqual([{ file: 'file', name: 'balance', encoding: 'float64', offset: 3 }])
  })

  it('finds a value in the name of a file', async () => {
    await writeFile(path.join(dir, 'http_relay.test_80.bin'), '')
    const hits = await scanProfile(dir, [{ name: 'address', value: 'relay.test' }])
    expect(hits).toMatchObject([{ name: 'address', encoding: 'utf-8 in the file name' }])
  })
})

describe('files', () => {
  it('opens tables, logs and gzip streams', async () => {
    const repeated = Buffer.concat([BYTES.subarray(5), Buffer.alloc(100), BYTES])
    expect(await hitsIn('db/000005.ldb', tableFile(tableBlock([['k', repeated]]), 1))).toEqual([
      'db/000005.ldb account utf-8 in leveldb table',
    ])
    await rm(path.join(dir, 'db'), { recursive: true })
    const filler = putBatch('k', Buffer.alloc(32 * 1024 - 7 - 12 - 7 - 20))
    const split = logFile([filler, putBatch('k', Buffer.concat([BYTES, BYTES.subarray(1)]))])
    expect(await hitsIn('db/000003.log', split)).toContain(
      'db/000003.log account utf-8 in leveldb log',
    )
    await rm(path.join(dir, 'db'), { recursive: true })
    const entry = Buffer.concat([Buffer.alloc(24, 1), gzipSync(VALUE), Buffer.alloc(40, 2)])
    expect(await hitsIn('Cache/Cache_Data/f_1', entry)).toEqual([
      'Cache/Cache_Data/f_1 account utf-8 in gzip',
    ])
  })

  it('finds nothing in what has nothing, and passes over links', async () => {
    await symlink('nowhere', path.join(dir, 'SingletonLock'))
    expect(await hitsIn('file', 'Canary konto 余额/8? is somebody else')).toEqual([])
  })

  it('says which file it could not read', async () => {
    await writeFile(path.join(dir, '000005.ldb'), 'broken')
    await expect(scanProfile(dir, [CANARY])).rejects.toThrow('000005.ldb cannot be scanned')
  })
})
