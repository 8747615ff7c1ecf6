import { type Result, settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'

import type { SiteContext } from '../adapter'
import { askStatus } from '../new-api/detect'
import { type HubType, signsIn } from './status-fields'

/**
 * Which of the two answers, by the fields of its status (`contracts/donehub.md 2`): operators move
 * from One Hub to DoneHub. A status that tells neither changes nothing about what was chosen.
 */
export function probeGenerationAs(chosen: HubType) {
  return (ctx: SiteContext): Promise<Result<Generation>> =>
    settle(async () => {
      const answered = await askStatus(ctx)
      return (answered && signsIn(answered.fields)?.siteType) ?? chosen
    })
}
