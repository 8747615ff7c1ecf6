import type { ExportRecord } from '@/src/domain/export-record'

import { rootOf } from './bases'

/** `contracts/exports.md 3.1`: plain lower case letters and digits, everything else one `-`. */
export function slug(text: string, fallback = 'provider'): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return plain === '' ? fallback : plain
}

export function hostOf(record: ExportRecord): string {
  return URL.canParse(record.baseUrl) ? new URL(record.baseUrl).host : record.baseUrl
}

/** Name of the site as a slug; a name without Latin letters gives the host's. */
export function siteSlug(record: ExportRecord): string {
  return slug(record.siteName, slug(hostOf(record)))
}

export function siteNameOf(record: ExportRecord): string {
  return record.siteName === '' ? hostOf(record) : record.siteName
}

/** `Site - Key`; a credential has only its own name. */
export function fullName(record: ExportRecord): string {
  const site = siteNameOf(record)
  return record.keyName === '' ? site : `${site} - ${record.keyName}`
}

/**
 * One name for each record, none twice: `Site - Key`, then with ` (host)`, then with ` #2`
 * (`contracts/exports.md 3.1`). `longest` counts UTF-16 units.
 */
export function uniqueNames(
  records: readonly ExportRecord[],
  longest = Number.POSITIVE_INFINITY,
): readonly string[] {
  const taken = new Set<string>()
  return records.map((record) => {
    const base = fullName(record)
    const atHost = ` (${hostOf(record)})`
    const endings = ['', atHost]
    for (let number = 2; number <= records.length; number += 1) endings.push(`${atHost} #${number}`)
    const names = endings.map((ending) => `${cut(base, longest - ending.length)}${ending}`)
    const name = names.find((one) => !taken.has(one) && one.length <= longest) ?? base
    taken.add(name)
    return name
  })
}

/** Names for a list that may well hold one entry of the site only: then the site's name is enough. */
export function shortNames(records: readonly ExportRecord[], longest?: number): readonly string[] {
  const [only] = records
  if (!only || records.length > 1) return uniqueNames(records, longest)
  return [cut(siteNameOf(only), longest ?? Number.POSITIVE_INFINITY)]
}

/** The ids, made different by `-2`, `-3`, …. */
export function uniqueIds(ids: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return ids.map((base) => {
    let id = base
    for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`
    taken.add(id)
    return id
  })
}

/** The text, not longer than `longest` UTF-16 units and not ending within a character. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const short = text.slice(0, Math.max(0, longest))
  return short.isWellFormed() ? short : short.slice(0, -1)
}

/** 32-bit FNV-1a of the UTF-8 bytes, as eight hex digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return hash.toString(16).padStart(8, '0')
}

/**
 * Eight hex digits that are the same for each export of the same key to the same address, so that a
 * second import updates instead of adding (`contracts/exports.md 3.1`). The key is not in it.
 */
export function stableSuffix({ source, keyName }: ExportRecord, baseUrl: string): string {
  const [owner, id] =
    source.kind === 'key' ? [source.accountId, source.keyId] : [source.credentialId, '']
  return fnv1a([owner, baseUrl, id, keyName].join('\0'))
}

/** Slug of host and path of a site's address, which tells sites apart however they are named. */
export function addressSlug(record: ExportRecord): string {
  return slug(rootOf(record.baseUrl).replace(/^[a-z]+:\/\//i, ''))
}
