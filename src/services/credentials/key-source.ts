import type { KeyRef } from '@/src/domain/api-key'
import type { ApiType, Endpoints } from '@/src/domain/chat-endpoints'
import { raise } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import type { SiteAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from '../account-book'
import type { SecretOf } from './credential-book'

const LONGEST_NAME = 120

const ENDPOINT_OF = {
  'openai-compatible': 'chat',
  openai: 'responses',
  anthropic: 'anthropic',
  google: 'google',
} as const satisfies Record<ApiType, keyof Endpoints>

export interface KeySourceParts {
  readonly vault: Vault
  readonly book: Pick<AccountBook, 'page'>
  readonly adapterFor: (type: SiteType) => Pick<SiteAdapter, 'description'>
  /** The full text of a key, asked for at its site where need be. */
  readonly reveal: (key: KeyRef) => Promise<string>
}

/**
 * Where a credential takes an account's key from (`features/accounts-and-keys.md 7.7`). Fails with
 * `unsupported`/`protocol-missing` where the site does not speak the wanted protocol.
 */
export function createKeySource({ vault, book, adapterFor, reveal }: KeySourceParts): SecretOf {
  return async (ref, apiType) => {
    const { decided } = (await book.page(ref.accountId)).account
    const path = adapterFor(decided.siteType).description.endpoints[ENDPOINT_OF[apiType]]
    if (path === null) return raise({ class: 'unsupported', reason: 'protocol-missing' })
    const list = await vault.load('keyLists', ref.accountId)
    const keyName = list?.keys.find(({ id }) => id === ref.keyId)?.name ?? ''
    return {
      key: await reveal(ref),
      baseUrl: decided.origin + path,
      name: joinNames(decided.name, keyName),
    }
  }
}

/** `account - key`, without a part that says nothing new. */
function joinNames(account: string, key: string): string {
  const [one, other] = [account.toLowerCase(), key.trim().toLowerCase()]
  const name = one.includes(other) ? account : other.includes(one) ? key : `${account} - ${key}`
  return [...name.trim()].slice(0, LONGEST_NAME / 2).join('')
}
