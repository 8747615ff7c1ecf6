import { automationOf, editAccount } from '@/src/domain/account'
import { glanceRow } from '@/src/domain/glance'
import { emptySnapshot } from '@/src/domain/snapshot'
import type { Handlers } from '@/src/messaging/server'
import { raise } from '@/src/domain/failure'
import { type AddPorts, addAccount, addRecognised, takeLogin } from '@/src/services/add-account'
import type { RefreshRunner } from '@/src/services/refresh-runner'

export interface AccountHandlerPorts extends AddPorts {
  readonly runner: Pick<RefreshRunner, 'start'>
  readonly hasAccess: (origin: string) => Promise<boolean>
  /** The user added, changed or removed an account. */
  readonly noteDecision: () => void
}

export function accountHandlers(ports: AccountHandlerPorts) {
  const { book, runner } = ports
  return {
    'accounts.glance': () => book.glance(),

    'accounts.details': async ({ id }) => {
      const { account, snapshot } = await book.page(id)
      return {
        row: glanceRow(account, snapshot),
        notes: account.decided.notes,
        createdAtMs: account.createdAtMs,
        snapshot,
        automation: automationOf(account),
        hasAccessToken: account.decided.auth.mode === 'token',
        accessGranted: await ports.hasAccess(account.decided.origin),
      }
    },

    'accounts.add': async ({ account, refreshNow }) => {
      const id = await addAccount(ports, account)
      ports.noteDecision()
      if (refreshNow) await runner.start([id], 'account')
      return { id }
    },

    'accounts.addRecognised': async ({ draftId, ...choice }) => {
      const id = await addRecognised(ports, draftId, choice)
      ports.noteDecision()
      await runner.start([id], 'account')
      return { id }
    },

    'accounts.takeLogin': async ({ id, draftId, way }) => {
      await takeLogin(ports, id, draftId, way)
      await runner.start([id], 'account')
      return {}
    },

    'accounts.edit': async ({ id, edit }) => {
      const result = await book.update(id, ({ account, snapshot }) => {
        const edited = editAccount(account, edit, ports.now())
        const newLogin = edited.decided.auth !== account.decided.auth
        // A new credential makes what the old one failed with meaningless.
        const { lastAttempt: _, ...rest } = snapshot
        return newLogin
          ? {
              account: edited,
              snapshot: { ...rest, failuresInRow: emptySnapshot(id).failuresInRow },
              also: [{ store: 'bonds', remove: id }],
            }
          : { account: edited }
      })
      if (result === 'missing') raise({ class: 'not-found', reason: 'account' })
      ports.noteDecision()
      // Somebody who gives a new login, or switches an account on, wants to see whether it works.
      if (edit.auth !== undefined || edit.disabled === false) await runner.start([id], 'account')
      return {}
    },

    'accounts.remove': async ({ ids }) => {
      await book.remove(ids)
      ports.noteDecision()
      return {}
    },

    'storage.removeDamaged': async ({ records }) => {
      await book.removeDamaged(records)
      return {}
    },
  } satisfies Partial<Handlers>
}
