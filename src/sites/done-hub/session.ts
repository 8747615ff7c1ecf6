import * as z from 'zod/mini'

import { raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext, SiteUser, TabSession } from '../adapter'
import { toFigures } from '../new-api/account'
import { fetchData } from '../new-api/request'
import { type SelfAnswer, selfSchema } from '../new-api/schemas'
import type { HubType } from './status-fields'

const SELF = '/api/user/self'

/** The live system token, which every account has (`contracts/donehub.md 3.1, 5.1`). */
const liveTokenSchema = z.string().check(z.regex(/^[0-9a-f]{32}$/i))

/**
 * Who is logged in. Pages of the family store no user (`contracts/donehub.md 11`), and what another
 * program left there is not to be trusted: the answer to the cookie decides.
 */
export function readSessionAs(generation: HubType) {
  return (ctx: SiteContext): Promise<Result<TabSession>> =>
    settle(async () => {
      const self = await askWho(ctx, { kind: 'cookie', userId: '' })
      return {
        access: { kind: 'cookie', userId: self.id },
        figures: toFigures(self),
        generation,
        existingToken: liveTokenOf(self),
        tokenCreation: 'replaces',
      }
    })
}

/**
 * Who a token belongs to; the site wants nothing beside it. A cookie that came along would answer
 * for its own user (`contracts/donehub.md 3.1`), but the answer shows whose token is meant.
 */
export function identify(ctx: SiteContext, accessToken: string): Promise<Result<SiteUser>> {
  return settle(async () => {
    const self = await askWho(ctx, { kind: 'token', userId: '', accessToken })
    const shown = liveTokenOf(self)
    // Databases may compare without regard to case.
    if (shown !== null && shown.toLowerCase() !== accessToken.toLowerCase()) {
      raise({ class: 'identity', reason: 'user-mismatch', path: SELF })
    }
    const { userId, username } = toFigures(self)
    return { userId, username }
  })
}

function askWho(ctx: SiteContext, access: Access): Promise<SelfAnswer> {
  return fetchData(ctx, access, { path: SELF }, selfSchema)
}

function liveTokenOf({ access_token: token }: SelfAnswer): string | null {
  const parsed = liveTokenSchema.safeParse(token)
  return parsed.success ? parsed.data : null
}
