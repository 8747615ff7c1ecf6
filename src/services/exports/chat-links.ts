import type { KeySource } from '@/src/domain/credential'
import { ok, unwrap } from '@/src/domain/failure'
import type { FullAdapter } from '@/src/sites/adapter'

import type { AsAccount } from '../as-account'

/** Links of chat programs a site publishes for its keys. */
export interface ChatLinks {
  /**
   * Name and template as the site writes them (`contracts/exports.md 7.1`), untrusted; empty where
   * its family publishes none, and for credentials, whose site is not known.
   */
  of(source: KeySource): Promise<{ name: string; template: string }[]>
}

export function createChatLinks(asAccount: AsAccount<FullAdapter>): ChatLinks {
  return {
    async of(source) {
      if (source.kind !== 'key') return []
      const links = await asAccount(
        source.accountId,
        ({ adapter, ctx }) => adapter.fetchChatLinks?.(ctx) ?? Promise.resolve(ok([])),
      )
      return unwrap(links).map(({ name, template }) => ({ name, template }))
    },
  }
}
