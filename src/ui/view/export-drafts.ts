import type { CredentialView, KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import type { GlanceRow } from '@/src/domain/glance'
import type { KeyListView } from '@/src/domain/key-list'
import type { SiteDescription } from '@/src/domain/site-description'

/**
 * Stands for a key nobody has asked for yet, so that an export can be prepared and shown without it.
 * It passes for a whole key, and is never sent, copied or saved.
 */
export const STAND_IN_KEY = 'sk-0-stands-for-a-key-that-is-not-shown-0'

/** What is known of keys and credentials; what is not loaded is empty. */
export interface KnownSources {
  readonly accounts: readonly GlanceRow[]
  readonly sites: readonly SiteDescription[]
  readonly lists: readonly KeyListView[]
  readonly credentials: readonly CredentialView[]
}

/** The record an export of this source will have, with a stand-in for the key; absent = unknown. */
export function draftOf(source: KeySource, known: KnownSources): ExportRecord | undefined {
  return source.kind === 'key' ? ofKey(source, known) : ofCredential(source, known)
}

/** Whether both name the same key or credential. */
export function isSameSource(one: KeySource, other: KeySource): boolean {
  return sourceId(one) === sourceId(other)
}

/** Unique over keys and credentials. */
export function sourceId(source: KeySource): string {
  return source.kind === 'key'
    ? JSON.stringify([source.accountId, source.keyId])
    : source.credentialId
}

/** Each once, in their order. */
export function uniqueSources(sources: readonly KeySource[]): KeySource[] {
  return [...new Map(sources.map((source) => [sourceId(source), source])).values()]
}

function ofKey(
  source: Extract<KeySource, { kind: 'key' }>,
  { accounts, sites, lists }: KnownSources,
): ExportRecord | undefined {
  const account = accounts.find(({ id }) => id === source.accountId)
  const site = sites.find(({ type }) => type === account?.siteType)
  if (!account || !site) return undefined
  const row = lists
    .find(({ accountId }) => accountId === account.id)
    ?.rows.find(({ id }) => id === source.keyId)
  return {
    ...blank(source),
    siteName: account.name,
    keyName: row?.name ?? '',
    baseUrl: account.origin,
    endpoints: site.endpoints,
    apiType: 'openai-compatible',
    fingerprint: row?.fingerprint ?? '',
    modelHint: row?.modelLimits ?? [],
    notes: '',
  }
}

function ofCredential(
  source: Extract<KeySource, { kind: 'credential' }>,
  { credentials }: KnownSources,
): ExportRecord | undefined {
  const credential = credentials.find(({ id }) => id === source.credentialId)
  if (!credential) return undefined
  const { name, baseUrl, apiType, notes } = credential.decided
  return {
    ...blank(source),
    siteName: name,
    keyName: '',
    baseUrl,
    // Nothing is known of the software behind it.
    endpoints: { chat: '', responses: '', anthropic: '', google: '' },
    apiType,
    fingerprint: credential.fingerprint,
    modelHint: [],
    notes,
  }
}

function blank(source: KeySource): Pick<ExportRecord, 'source' | 'stableId' | 'key'> {
  return { source, stableId: '', key: STAND_IN_KEY }
}
