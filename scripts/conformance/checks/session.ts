import { unwrap } from '@/src/domain/failure'
import type { TabSession } from '@/src/sites/adapter'

import { expect } from '../ledger'
import type { ConsoleLogin } from '../logins/console-login'
import { hideAccess, type Subject } from '../subject'
import { checkAccess } from './access'
import { expectFigures } from './amounts'
import { offered } from './offered'

/** The login of a page: who it is, what it opens, what it can do. */
export async function checkSession(
  subject: Subject,
  login: ConsoleLogin,
): Promise<TabSession | null> {
  const session = await readSession(subject, login)
  if (!session) return null
  hideAccess(subject, session.access)
  const { ctx, adapter, ledger } = subject
  await ledger.check('generation (session)', async () => {
    const generation = unwrap(await adapter.probeGeneration(ctx, session.access))
    expect(
      generation === session.generation,
      `${generation}, but the tab said ${session.generation}`,
    )
    return { value: generation, note: generation }
  })
  const access = await ledger.check('open session', async () => {
    const isDeclared = adapter.description.authModes.includes('cookie')
    const value = await offered(subject, isDeclared, () =>
      adapter.openSession(ctx, login.userId, session.generation),
    )
    expect(value.userId === login.userId, 'another user than the one logged in')
    return { value, note: value.kind }
  })
  if (access) hideAccess(subject, access)
  await checkAccess(subject, access ?? session.access, session.generation)
  return session
}

async function readSession(
  { ctx, adapter, ledger }: Subject,
  login: ConsoleLogin,
): Promise<TabSession | null> {
  return ledger.check('session of a tab', async () => {
    const value = unwrap(await adapter.readSession(ctx, pageOf(adapter.pageStorageKeys, login)))
    expect(value.access.userId === login.userId, 'another user than the one logged in')
    // A tab is asked for no more than who it is.
    const excused = ['unsupported', 'not-collected'] as const
    expectFigures(value.figures, login.userId, adapter.description.unit, excused)
    return { value, note: `${value.access.kind}, ${value.generation}` }
  })
}

/** What a page script would hand over: the keys of the adapter and nothing else. */
export function pageOf(keys: readonly string[], { storage }: ConsoleLogin) {
  return { values: Object.fromEntries(keys.map((key) => [key, storage[key] ?? null])) }
}
