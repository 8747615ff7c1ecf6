import type { KeyFeatures, KeyRow } from '@/src/domain/api-key'

/** What can be done with one key at its site; what cannot is not offered. */
export interface KeyAbilities {
  /** Its full text can be had: to show, to copy, to use it anywhere. */
  readonly reveal: boolean
  readonly edit: boolean
  readonly duplicate: boolean
  readonly enable: boolean
  readonly disable: boolean
  readonly remove: boolean
  readonly rotate: boolean
}

export function abilitiesOf(row: KeyRow, features: KeyFeatures): KeyAbilities {
  const { canDisable, canRemove } = features
  const creates = features.create.length > 0
  return {
    reveal: row.secret !== 'lost',
    edit: features.edit.length > 0,
    duplicate: creates,
    // An expired or used-up key is switched on again once its limits are raised.
    enable: canDisable && row.status !== 'enabled',
    disable: canDisable && row.status !== 'disabled',
    remove: canRemove,
    rotate: creates && (canDisable || canRemove),
  }
}
