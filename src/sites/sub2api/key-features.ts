import type { KeyFeatures, KeyField } from '@/src/domain/api-key'
import type { Generation } from '@/src/domain/site-type'

const OLD_FIELDS: readonly KeyField[] = ['name', 'group']
const NEW_FIELDS: readonly KeyField[] = ['name', 'remaining', 'expiresAtMs', 'ipLimits', 'group']

/** The contract names no longest name; every server takes this many bytes. */
const NAME_BYTES = 100

/**
 * What keys can be given (`contracts/sub2api.md 1, 8`). Since March 2026 the gateway refuses a key
 * without a group, so one is always asked for.
 */
export function keyFeatures(generation: Generation): KeyFeatures {
  const isOld = generation === 'sub2api-old'
  const fields = isOld ? OLD_FIELDS : NEW_FIELDS
  return {
    create: [...fields],
    edit: [...fields],
    nameBytes: NAME_BYTES,
    groups: 'required',
    ipForm: isOld ? 'none' : 'range',
    expiryInDays: true,
    canDisable: true,
    canRemove: true,
    secret: 'listed',
  }
}
