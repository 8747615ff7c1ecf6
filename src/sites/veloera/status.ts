import * as z from 'zod/mini'

import { type Result, settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { SiteStatus } from '@/src/domain/snapshot'
import { readShape } from '@/src/net/envelope'

import type { Detection, SiteContext } from '../adapter'
import { toStatus } from '../new-api/account'
import { askStatus, fieldSign } from '../new-api/detect'
import { fetchData } from '../new-api/request'
import { statusSchema } from '../new-api/schemas'

const PATH = '/api/status'

/** New API spells it `checkin_enabled` (`contracts/veloera.md 2`). */
const CHECK_IN_FIELD = 'check_in_enabled'

const veloeraStatusSchema = z.extend(statusSchema, {
  [CHECK_IN_FIELD]: z.catch(z.optional(z.boolean()), undefined),
})

/** Recognises Veloera by the boolean `check_in_enabled` of its status (`contracts/veloera.md 2`). */
export function detect(ctx: SiteContext): Promise<Result<Detection | null>> {
  return settle(async () => {
    const answered = await askStatus(ctx)
    if (typeof answered?.fields[CHECK_IN_FIELD] !== 'boolean') return null
    const status = toVeloeraStatus(readShape(answered.fields, veloeraStatusSchema, { path: PATH }))
    return { siteType: 'veloera', evidence: fieldSign([CHECK_IN_FIELD]), status }
  })
}

/** `GET /api/status` (`contracts/veloera.md 2`). */
export function fetchStatus(ctx: SiteContext): Promise<Result<SiteStatus>> {
  return settle(async () =>
    toVeloeraStatus(await fetchData(ctx, null, { path: PATH }, veloeraStatusSchema)),
  )
}

/**
 * V4 added `aff_enabled` to the status two days after it moved its pages, which is what generations
 * are told apart for (`contracts/veloera.md 1.1, 11`). The version text says nothing.
 */
export function probeGeneration(ctx: SiteContext): Promise<Result<Generation>> {
  return settle(async () => {
    const fields = z.record(z.string(), z.unknown())
    const status = await fetchData(ctx, null, { path: PATH }, fields)
    return 'aff_enabled' in status ? 'veloera-v4' : 'veloera-v3'
  })
}

function toVeloeraStatus(answer: z.infer<typeof veloeraStatusSchema>): SiteStatus {
  const checkInEnabled = answer[CHECK_IN_FIELD]
  return { ...toStatus(answer), ...(checkInEnabled === undefined ? {} : { checkInEnabled }) }
}
