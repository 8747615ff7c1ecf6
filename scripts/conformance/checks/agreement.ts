import { unwrap } from '@/src/domain/failure'
import type { Access } from '@/src/sites/adapter'

import { expect } from '../ledger'
import type { Subject } from '../subject'
import { watch } from '../wire'
import { shown } from './amounts'
import { expectRefusal } from './refusals'

const AGREEMENT = 'session and access token agree'

/** Both credentials must tell the same about the same user. */
export async function checkAgreement(
  { ctx, adapter, ledger }: Subject,
  session: Access,
  token: Access,
): Promise<void> {
  if (token.userId !== session.userId) {
    ledger.skip(AGREEMENT, 'the token is of another user')
    return
  }
  const { unit } = adapter.description
  await ledger.check(AGREEMENT, async () => {
    // The balance of an account in use moves between two calls: three chances to catch it at rest.
    for (let left = 3; ; left -= 1) {
      const a = unwrap(await adapter.fetchFigures(ctx, session))
      const b = unwrap(await adapter.fetchFigures(ctx, token))
      expect(a.userId === b.userId && a.username === b.username, 'they name different users')
      const bySession = shown(a.balance, unit)
      const byToken = shown(b.balance, unit)
      if (bySession === byToken) return { value: null, note: `balance ${bySession}` }
      expect(left > 1, `balance ${bySession} by session, ${byToken} by token`)
    }
  })
}

/**
 * Servers of the lineage look at a cookie before a token, and some then answer for its user
 * (`contracts/donehub.md 3.1`): while the browser is logged in, a token has to travel alone.
 */
export async function checkNoMixing(
  { ctx, adapter, ledger, wire }: Subject,
  session: Access,
  token: Extract<Access, { kind: 'token' }>,
): Promise<void> {
  await ledger.check('token travels without the login', async () => {
    const { value, sent } = await watch(wire, () => adapter.fetchFigures(ctx, token))
    expect(unwrap(value).userId === token.userId, 'the answer is about the user of the login')
    expect(sent.length > 0, 'nothing was asked')
    const mixed = wire.sent.find(({ withProof, withCookies }) => withProof && withCookies)
    expect(!mixed, `cookies went with a token to ${mixed?.path ?? ''}`)
    if (token.userId === session.userId) return { value: null, note: '' }
    // Under the id of the login, that token must not open the login's account.
    const borrowed = { ...token, userId: session.userId }
    const refused = await adapter.fetchFigures(ctx, borrowed)
    return { value: null, note: expectRefusal(refused, ['identity', 'login']) }
  })
}
