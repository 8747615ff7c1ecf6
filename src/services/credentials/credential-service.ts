import type { CredentialDecided, CredentialState, CredentialView } from '@/src/domain/credential'
import { raise } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'

import { askModels, askState, type StatePorts } from './ask-state'
import { type CredentialBook, createCredentialBook, type SecretOf } from './credential-book'
import { addressFrom, keyFrom } from './credential-record'
import { createCredentialRefresh, type RefreshPorts } from './credential-refresh'
import { credentialViews } from './credential-views'
import { createModelLister } from './models'
import { customQuestion } from './query-custom'

/** Credentials: what is stored of them, and what their own endpoints tell. */
export interface CredentialService extends CredentialBook {
  views(): Promise<CredentialView[]>
  /** Asks for balance, use and models; resolves when all are done. */
  refresh(ids: readonly string[]): Promise<void>
  /** All models of a credential, live. */
  models(id: string): Promise<string[]>
  tryQuery(tried: Tried): Promise<CredentialState>
}

/** A query with the rest of its form, as typed; with `id`, `''` means the stored key. */
export interface Tried extends Pick<CredentialDecided, 'baseUrl' | 'apiKey' | 'apiType' | 'query'> {
  readonly id?: string | undefined
}

export type CredentialPorts = Omit<RefreshPorts, 'listModels'> & { readonly secretOf: SecretOf }

export function createCredentialService(given: CredentialPorts): CredentialService {
  const ports = { ...given, listModels: createModelLister() }
  const book = createCredentialBook(ports)
  const refresh = createCredentialRefresh(ports)
  const changed = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    ports.announce()
    return result
  }
  return {
    get: (id) => book.get(id),
    save: (form, id) => changed(book.save(form, id)),
    fromKey: (wanted) => changed(book.fromKey(wanted)),
    unlink: (id) => changed(book.unlink(id)),
    remove: (ids) => changed(book.remove(ids)),
    views: () => credentialViews({ ...ports, isRefreshing: (id) => refresh.isRunning(id) }),
    refresh: (ids) => refresh.run(ids),
    models: async (id) => askModels(ports, (await book.get(id)).decided),
    async tryQuery({ id, ...typed }) {
      const before = id === undefined ? undefined : (await book.get(id)).decided
      return tryQuery(ports, { ...typed, id }, before)
    },
  }
}

/**
 * Asks exactly as a refresh does, the models left out, and stores nothing.
 *
 * @throws `input` for what a form can mend, `access` where the browser does not grant the site
 */
async function tryQuery(
  ports: StatePorts,
  { id = newId('cred'), apiKey, query, ...typed }: Tried,
  before: CredentialDecided | undefined,
): Promise<CredentialState> {
  const { apiType } = typed
  const decided = {
    apiType,
    query,
    apiKey: keyFrom(apiKey, before),
    baseUrl: addressFrom(typed, before),
  }
  if (query.mode === 'custom') customQuestion(query.custom, decided.baseUrl)
  const state = await askState(ports, { id, decided, models: false })
  return state.failure?.class === 'access' ? raise(state.failure) : state
}
