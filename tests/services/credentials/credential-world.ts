import type { CredentialDecided, CredentialView } from '@/src/domain/credential'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { SecretOf } from '@/src/services/credentials/credential-book'
import { createCredentialService } from '@/src/services/credentials/credential-service'
import { createTags } from '@/src/services/credentials/tags'
import { createSlots } from '@/src/services/slots'

import { startWorld } from '../../support/world'

export const KEY = 'sk-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL'

type Form = Omit<CredentialDecided, 'link'>

/** What a form sends; only what a test is about needs to be said. */
export function makeForm(form: Partial<Form> = {}): Form {
  return {
    name: 'Relay',
    baseUrl: 'https://api.example',
    apiKey: KEY,
    apiType: 'openai-compatible',
    tagIds: [],
    notes: '',
    query: { mode: 'auto' },
    ...form,
  }
}

/** Credentials on an in-memory database, asking real loopback servers. */
export async function startCredentials(secretOf?: SecretOf) {
  const world = await startWorld()
  const now = () => world.clock.nowMs
  const budgets = createBudgets({ now })
  const denied = new Set<string>()
  const events: string[] = []
  let holds = 0
  const hasAccess = (origin: string) => Promise.resolve(!denied.has(origin))
  const announce = () => {
    events.push('credentials')
  }
  const credentials = createCredentialService({
    vault: world.vault,
    secretOf: secretOf ?? (() => Promise.reject(new Error('no account in this test'))),
    transportTo: (origin) =>
      createHttpTransport({ origin, budgets, now, hasAccess: () => hasAccess(origin) }),
    hasAccess,
    atNetwork: createSlots(4),
    wake: {
      hold: () => {
        holds += 1
        return Promise.resolve()
      },
      release: () => {
        holds -= 1
        return Promise.resolve()
      },
    },
    announce,
    now,
  })
  const tags = createTags({ vault: world.vault, book: world.book, announce, now })
  return { world, credentials, tags, denied, events, budgets, holds: () => holds }
}

type Credentials = Awaited<ReturnType<typeof startCredentials>>['credentials']

/** The view of one credential. */
export async function viewOf(credentials: Credentials, id: string): Promise<CredentialView> {
  return (await credentials.views()).find((view) => view.id === id)!
}

/** Saves a credential, asks its endpoints, and gives what came of it. */
export async function askOnce(credentials: Credentials, form: Partial<Form>) {
  const { id } = await credentials.save(makeForm(form))
  await credentials.refresh([id])
  return (await viewOf(credentials, id)).state!
}
