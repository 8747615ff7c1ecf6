import { fingerprintOf } from '@/src/crypto/fingerprint'
import type { CredentialRecord, CredentialState, CredentialView } from '@/src/domain/credential'
import type { KeyListRecord } from '@/src/domain/key-list'
import { displayMask } from '@/src/domain/key-text'
import type { Vault } from '@/src/storage/vault'

export interface ViewPorts {
  readonly vault: Vault
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly isRefreshing: (id: string) => boolean
}

/** All credentials as pages show them, newest change first; no secret in them. */
export async function credentialViews(ports: ViewPorts): Promise<CredentialView[]> {
  const { vault } = ports
  const [{ records }, states, lists] = await Promise.all([
    vault.loadAll('credentials'),
    vault.loadAll('credentialStates'),
    vault.loadAll('keyLists'),
  ])
  const stateById = new Map(states.records.map((state) => [state.id, state]))
  const listById = new Map(lists.records.map((list) => [list.id, list]))
  const views = records.map((record) =>
    viewOf(ports, record, stateById.get(record.id), listById.get(linkOf(record)?.accountId ?? '')),
  )
  return (await Promise.all(views)).sort((a, b) => b.updatedAtMs - a.updatedAtMs)
}

async function viewOf(
  ports: ViewPorts,
  record: CredentialRecord,
  state: CredentialState | undefined,
  list: KeyListRecord | undefined,
): Promise<CredentialView> {
  const { apiKey, ...decided } = record.decided
  const link = linkOf(record)
  return {
    id: record.id,
    createdAtMs: record.createdAtMs,
    updatedAtMs: record.updatedAtMs,
    decided,
    shown: displayMask(apiKey),
    fingerprint: await fingerprintOf(apiKey),
    ...(state ? { state } : {}),
    refreshing: ports.isRefreshing(record.id),
    granted: await ports.hasAccess(new URL(decided.baseUrl).origin),
    ...(link ? { linkState: linkState(link.keyId, list) } : {}),
  }
}

const linkOf = ({ decided }: CredentialRecord) => decided.link

/** A list that was not read to its end proves nobody's absence. */
function linkState(keyId: string, list: KeyListRecord | undefined) {
  if (list?.keys.some(({ id }) => id === keyId)) return 'there'
  return list?.complete && list.atMs > 0 ? 'gone' : 'unknown'
}
