import type { KeySource } from '@/src/domain/credential'
import type { Vault } from '@/src/storage/vault'

import type { Wake } from '../counted-wake'
import type { Gateways } from '../exports/gateways'
import type { Ledger } from '../exports/ledger'
import type { GatewaySender } from '../exports/send'
import type { KeyBook } from '../keys/key-book'

/** What a rotation works with. */
export interface RotationPorts {
  readonly vault: Pick<Vault, 'loadAll' | 'write' | 'exclusive'>
  /** Its changes mark nothing in the ledger: a rotation knows more than that a key was disabled. */
  readonly keys: Pick<KeyBook, 'create' | 'setEnabled' | 'remove' | 'secretOf' | 'row' | 'inside'>
  readonly ledger: Pick<Ledger, 'list' | 'forget' | 'markStale'>
  readonly sender: Pick<GatewaySender, 'replace'>
  readonly gateways: Pick<Gateways, 'list'>
  /** The live models of a key by its own protocol; throws why there is no list. */
  readonly modelsOf: (source: KeySource) => Promise<readonly string[]>
  /** Something about rotations changed. */
  readonly announce: (event: { readonly topic: 'keys' }) => void
  /** Held once per run: it has to count. */
  readonly wake: Wake
  readonly now: () => number
}
