import type { KeyRef } from '@/src/domain/api-key'
import type { Rotation } from '@/src/domain/chore'
import type { LedgerEntry } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { draftProblems } from '@/src/domain/key-draft'

import { refuse } from '../keys/create'
import { chosenDestinations } from './destinations'
import { rotationDraft } from './draft'
import { listed } from './find-new'
import type { RotationPorts } from './ports'

/**
 * A rotation of a key as its site shows it now; nothing is changed yet.
 *
 * @throws `not-found`/`key`, `not-found`/`export`, `input` with the field that no new key can have
 *   (a limit that is used up, a time that has passed, a group that is gone), or why the list or its
 *   limits cannot be had
 */
export async function newRotation(
  ports: RotationPorts,
  old: KeyRef,
  exportIds: readonly string[],
): Promise<Rotation> {
  const list = await listed(ports, old.accountId)
  const [row, features] = await Promise.all([
    ports.keys.row(old),
    ports.keys.inside.families.features(old.accountId),
  ])
  if (!row) return raise({ class: 'not-found', reason: 'key' })
  const nowMs = ports.now()
  const draft = rotationDraft(row, features, { taken: list.keys.map(({ name }) => name), nowMs })
  refuse(draftProblems(draft, features, nowMs, list.groups))
  const { fingerprint } = row
  const isOfKey = ({ source, ...entry }: LedgerEntry) =>
    entry.fingerprint === fingerprint ||
    (source.kind === 'key' && source.accountId === old.accountId && source.keyId === old.keyId)
  return {
    id: newId('job'),
    kind: 'rotation',
    old,
    oldName: row.name,
    ...(fingerprint === undefined ? {} : { oldFingerprint: fingerprint }),
    draft,
    step: 'create',
    state: 'running',
    startedAtMs: nowMs,
    ...(row.status === 'disabled' ? { wasDisabled: true } : {}),
    destinations: await chosenDestinations(ports, exportIds, isOfKey),
  }
}
