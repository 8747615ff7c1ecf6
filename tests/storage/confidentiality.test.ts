import { beforeEach, expect, test } from 'vitest'

import { STORES } from '@/src/storage/stores'
import { type Change, openVault } from '@/src/storage/vault'

import { freshDisk, rowsOf, storeNames } from './raw-disk'
import { oneOfEach } from './records'

beforeEach(freshDisk)

const CANARY = 'canary-5up3r-53cr3t-t0k3n'

/** All bytes of a row as one latin-1 text: every store, every field, keys and values alike. */
function bytesOf(value: unknown): string {
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
    return Buffer.from(value as Uint8Array).toString('latin1')
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, part]) => `${key}=${bytesOf(part)}`)
      .join('\n')
  }
  return String(value)
}

/** How a text may lie on disk in clear: plain, as UTF-16, as hex, as base64 at any offset. */
function disguises(text: string): string[] {
  const plain = Buffer.from(text)
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), plain])
      .toString('base64')
      .slice(4, -4),
  )
  const utf16 = Buffer.from(text, 'utf16le').toString('latin1')
  const hex = plain.toString('hex')
  return [text, utf16, `\0${utf16.slice(0, -1)}`, hex, hex.toUpperCase(), ...base64]
}

async function wholeDisk(): Promise<string> {
  const stores = await storeNames()
  return bytesOf(await Promise.all(stores.map((store) => rowsOf(store))))
}

test('nothing written can be read in the raw rows', async () => {
  const vault = await openVault()
  const records = Object.entries(oneOfEach(CANARY))
  await vault.write(
    records.map(([store, put]: [string, unknown]) => ({ store, put }) as unknown as Change),
  )
  const disk = await wholeDisk()
  // The dump does see what stands in clear: ids do.
  for (const [, { id }] of records) expect(disk).toContain(id)
  for (const secret of [CANARY, '987654321', 'new-api', 'decided', 'version']) {
    for (const disguise of disguises(secret)) expect(disk).not.toContain(disguise)
  }
})

test('a row is an opaque id and sealed bytes, nothing else', async () => {
  const vault = await openVault()
  const records = Object.entries(oneOfEach(CANARY))
  await vault.write(
    records.map(([store, put]: [string, unknown]) => ({ store, put }) as unknown as Change),
  )
  for (const [store] of records) {
    const [row, ...more] = await rowsOf(store)
    expect(more).toEqual([])
    expect(Object.keys(row ?? {})).toEqual(['id', 'sealed'])
    expect(row?.id).toMatch(
      /^((acc|job|draft|site|cred|tag|gate|exp|run|chan|code)_[0-9a-f]{32}|settings|glance|agenda|automation|notices)$/,
    )
  }
})

test('the keys on disk cannot be exported by a script', async () => {
  await openVault()
  const keys: CryptoKey[] = []
  const collect = (value: unknown): void => {
    if (value instanceof CryptoKey) keys.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(await rowsOf('keyring'))
  expect(keys).toHaveLength(1)
  for (const key of keys) {
    expect(key.usages).toEqual(['wrapKey', 'unwrapKey'])
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  }
})

test('every store of the database is declared once, and the keys apart', async () => {
  await openVault()
  expect((await storeNames()).sort()).toEqual([...Object.keys(STORES), 'keyring'].sort())
})

test('every secret field names a value that records of its store have', () => {
  const records: Record<string, unknown> = { ...oneOfEach(CANARY) }
  const at = (record: unknown, path: string): unknown =>
    path.split('.').reduce<unknown>((part, name) => {
      const inner = part as Record<string, unknown>
      return name === '*' ? Object.values(inner)[0] : inner[name]
    }, record)
  expect(at(records['accounts'], 'decided.auth.accessToken')).toBe(CANARY)
  expect(at(records['bonds'], 'session.bearer')).toBe(CANARY)
  for (const [store, { secretFields }] of Object.entries(STORES)) {
    // Only one kind of access is in a draft at a time, and one kind of channel in a record.
    const present = secretFields.filter(
      (path) =>
        (!/bearer|sessionId/.test(path) || store === 'bonds') &&
        !(store === 'channels' && path === 'config.secret'),
    )
    for (const path of present) expect(at(records[store], path)).toBe(CANARY)
  }
})
