import type { keyMessages } from '@/src/messaging/late/keys'
import type { HandlersOf } from '@/src/messaging/server'
import type { KeyServices } from '@/src/services/keys/key-services'

type KeyHandlers = HandlersOf<typeof keyMessages>

/** The messages of rotations, answered by their own service. */
export type RotationHandlers = Pick<KeyHandlers, Extract<keyof KeyHandlers, `rotation.${string}`>>

interface HandlerPorts extends KeyServices {
  readonly rotation: RotationHandlers
}

export function keyHandlers({ keys, repair, totp, rotation }: HandlerPorts): KeyHandlers {
  return {
    'keys.lists': () => keys.lists(),
    'keys.load': ({ accountIds }) => keys.load(accountIds).then(done),
    'keys.options': ({ accountId }) => keys.options(accountId),
    'keys.create': (order) => keys.create(order),
    'keys.createMany': async ({ accountIds, draft, requestId }) => ({
      outcomes: await keys.createMany(accountIds, draft, requestId),
    }),
    'keys.update': ({ key, edit }) => keys.update(key, edit).then(done),
    'keys.setEnabled': async ({ keys: refs, enabled }) => ({
      outcomes: await keys.setEnabled(refs, enabled),
    }),
    'keys.remove': async ({ keys: refs }) => ({ outcomes: await keys.remove(refs) }),
    'keys.reveal': async ({ key }) => ({ key: await keys.secretOf(key) }),
    'keys.find': async ({ text }) => ({ keys: await keys.find(text) }),
    'keys.prove': async ({ accountId, code }) => {
      await totp.prove(accountId, code)
      await repair.proven(accountId)
      return {}
    },
    'keys.saveTotp': ({ accountId, secret }) => totp.save(accountId, secret).then(done),
    'keys.totpAccounts': async () => ({ accountIds: await totp.accounts() }),
    'keys.ensureDefault': ({ accountId, requestId }) => keys.ensureDefault(accountId, requestId),
    'repair.start': ({ accountIds }) => repair.start(accountIds).then(done),
    'repair.pause': () => repair.pause().then(done),
    'repair.resume': () => repair.resume().then(done),
    'repair.cancel': () => repair.cancel().then(done),
    'repair.state': () => repair.state(),
    ...rotation,
  }
}

const done = () => ({})
