import * as z from 'zod/mini'

import { lenient, userId } from './schemas'

const claimsSchema = z.object({
  user_id: lenient(userId),
  /** Epoch seconds. */
  exp: lenient(z.number().check(z.positive())),
})

type Claims = z.infer<typeof claimsSchema>

/**
 * What an access token says about itself (`contracts/sub2api.md 4.2`): decoded and never verified,
 * so good for telling the end and for noticing a wrong user, not for trusting. `{}` = unreadable.
 */
export function readClaims(token: string): Partial<Claims> {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(part), (char) => char.charCodeAt(0))
    const claims = claimsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return claims.success ? claims.data : {}
  } catch {
    return {}
  }
}
