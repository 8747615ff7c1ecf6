import * as z from 'zod/mini'

import { raise, type Result, settle } from '@/src/domain/failure'
import { readShape } from '@/src/net/envelope'
import type { SiteResponse } from '@/src/net/transport'

import type { Detection, SiteContext } from '../adapter'
import { toStatus } from '../new-api/account'
import { only, probe, statusFields } from '../new-api/detect'
import { statusSchema } from '../new-api/schemas'
import { GROUP_MAP } from './groups'
import { type HubType, signsIn, type StatusSigns } from './status-fields'

const STATUS = '/api/status'
const HEALTH = '/health'

/** How the family answers a path it does not know (`contracts/donehub.md 4`). */
const unknownPathSchema = z.object({
  error: z.object({
    type: z.literal('invalid_request_error'),
    message: z.string().check(z.startsWith('Invalid URL')),
  }),
})

const healthSchema = z.object({ status: z.literal('ok') })

const groupsHintSchema = z.array(z.object({ symbol: z.string() })).check(z.minLength(1))

/**
 * Recognises one of the two by `GET /api/status` (`contracts/donehub.md 2`). Where its fields leave
 * a doubt, the public group map decides, which neither New API nor Veloera has. Fails with
 * `unsupported/relay-only-node` where a DoneHub has no account functions.
 */
export function detectAs(siteType: HubType) {
  return (ctx: SiteContext): Promise<Result<Detection | null>> =>
    only(
      siteType,
      settle(() => detectHub(ctx)),
    )
}

async function detectHub(ctx: SiteContext): Promise<Detection | null> {
  const response = await probe(ctx, null, STATUS)
  const fields = response && statusFields(response)
  if (!fields) return response && refuseRelayOnlyNode(ctx, response)
  const signs = signsIn(fields)
  const verdict = signs && (await confirm(ctx, signs))
  if (!verdict) return null
  const { siteType, evidence } = verdict
  return { siteType, evidence, status: toStatus(readShape(fields, statusSchema, { path: STATUS })) }
}

async function confirm(ctx: SiteContext, signs: StatusSigns): Promise<StatusSigns | null> {
  if (signs.isCertain) return signs
  const response = await probe(ctx, null, GROUP_MAP)
  const groups = response && statusFields(response, GROUP_MAP)
  if (!groupsHintSchema.safeParse(Object.values(groups ?? {})).success) return null
  const evidence = [{ sign: 'group-map', detail: GROUP_MAP } as const, ...signs.evidence]
  return { ...signs, evidence }
}

/** A node that only relays calls has no account functions at all (`contracts/donehub.md 2`). */
async function refuseRelayOnlyNode(ctx: SiteContext, response: SiteResponse): Promise<null> {
  if (response.status !== 404 || !hasShape(response, unknownPathSchema)) return null
  const health = await probe(ctx, null, HEALTH)
  if (health?.status !== 200 || !hasShape(health, healthSchema)) return null
  return raise({ class: 'unsupported', reason: 'relay-only-node', path: STATUS })
}

function hasShape({ text }: SiteResponse, schema: z.ZodMiniType): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
