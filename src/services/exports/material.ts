import { fingerprintOf } from '@/src/crypto/fingerprint'
import type { KeyRef } from '@/src/domain/api-key'
import type { Endpoints } from '@/src/domain/chat-endpoints'
import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import { type Failure, raise, type Result, settle } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import { assertWhole } from '@/src/domain/whole-key'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from '../account-book'

export interface MaterialPorts {
  readonly vault: Pick<Vault, 'load'>
  readonly book: Pick<AccountBook, 'page'>
  readonly adapterFor: (type: SiteType) => Pick<SiteAdapter, 'description'>
  /** The full key of an account, revealed where need be. Throws the failure why it cannot be had. */
  readonly secretOf: (key: KeyRef, signal?: AbortSignal) => Promise<string>
}

/** Full records of keys, made when an export is asked for. */
export interface Material {
  /**
   * @throws `input`/`masked` (field `key`) for anything that is not a whole key, `not-found`, or why
   *   the site did not show the key.
   */
  recordOf(source: KeySource, signal?: AbortSignal): Promise<ExportRecord>
  /** Of many; what one key fails with stays its own. */
  recordsOf(sources: readonly KeySource[]): Promise<Materials>
}

export interface Materials {
  readonly records: ExportRecord[]
  readonly failures: { source: KeySource; failure: Failure }[]
}

/** Nothing is known of the software behind a credential: whoever uses it chose its protocol. */
const ANY_SOFTWARE: Endpoints = { chat: '', responses: '', anthropic: '', google: '' }

/** Accounts whose keys are revealed at the same time; one account's go one after the other. */
const AT_ONCE = 4

export function createMaterial(ports: MaterialPorts): Material {
  const recordOf: Material['recordOf'] = async (source, signal) => {
    const facts =
      source.kind === 'key'
        ? await keyFacts(ports, source, signal)
        : await credentialFacts(ports, source.credentialId)
    const key = assertWhole(facts.key)
    const [stableId, fingerprint] = await Promise.all([
      fingerprintOf(idsIn(source)),
      fingerprintOf(key),
    ])
    return { ...facts, source, key, stableId, fingerprint }
  }
  return {
    recordOf,
    async recordsOf(sources) {
      const outcomes = new Map<KeySource, Result<ExportRecord>>()
      const queue = groupsOf(sources)
      const work = async () => {
        for (let group = queue.shift(); group; group = queue.shift()) {
          for (const source of group) outcomes.set(source, await settle(() => recordOf(source)))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      return sorted(sources, outcomes)
    },
  }
}

type Facts = Omit<ExportRecord, 'source' | 'stableId' | 'fingerprint'>

async function keyFacts(
  ports: MaterialPorts,
  { accountId, keyId }: KeyRef,
  signal: AbortSignal | undefined,
): Promise<Facts> {
  const [{ account }, list] = await Promise.all([
    ports.book.page(accountId),
    ports.vault.load('keyLists', accountId),
  ])
  const key = await ports.secretOf({ accountId, keyId }, signal)
  const { origin, siteType, name, notes } = account.decided
  const known = list?.keys.find(({ id }) => id === keyId)
  return {
    siteName: name,
    keyName: known?.name ?? '',
    baseUrl: origin,
    endpoints: ports.adapterFor(siteType).description.endpoints,
    // Every family speaks it.
    apiType: 'openai-compatible',
    key,
    modelHint: known?.modelLimits ?? [],
    notes,
  }
}

async function credentialFacts(ports: MaterialPorts, id: string): Promise<Facts> {
  const credential =
    (await ports.vault.load('credentials', id)) ??
    raise({ class: 'not-found', reason: 'credential' })
  const { name, baseUrl, apiKey, apiType, notes } = credential.decided
  return {
    siteName: name,
    keyName: '',
    baseUrl,
    endpoints: ANY_SOFTWARE,
    apiType,
    key: apiKey,
    modelHint: [],
    notes,
  }
}

/** By account: its site is asked for one key at a time. */
function groupsOf(sources: readonly KeySource[]): KeySource[][] {
  const groups = new Map<string, KeySource[]>()
  for (const source of sources) {
    const place = source.kind === 'key' ? source.accountId : source.credentialId
    groups.set(place, [...(groups.get(place) ?? []), source])
  }
  return [...groups.values()]
}

/** Ids alone: what is made of them says nothing about the key and outlives a change of it. */
const idsIn = (source: KeySource): string =>
  source.kind === 'key' ? `${source.accountId}/${source.keyId}` : source.credentialId

function sorted(
  sources: readonly KeySource[],
  outcomes: ReadonlyMap<KeySource, Result<ExportRecord>>,
): Materials {
  const materials: Materials = { records: [], failures: [] }
  for (const source of sources) {
    const outcome = outcomes.get(source)
    if (outcome?.ok) materials.records.push(outcome.value)
    else if (outcome) materials.failures.push({ source, failure: outcome.failure })
  }
  return materials
}
