import * as z from 'zod/mini'

import { failureOf } from '@/src/domain/failure'
import { complete, unavailable } from '@/src/domain/metric'
import type { Subscription } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { expectUser } from '../new-api/identity'
import { fetchData } from './request'
import { type ProgressAnswer, progressSchema, subscriptionSchema } from './schemas'
import { epochMs } from './time'

const PROGRESS = '/api/v1/subscriptions/progress'
const ACTIVE = '/api/v1/subscriptions/active'

const DAY_MS = 86_400_000

/** Names of the windows on the wire, and how long they are. */
const WINDOWS = [
  { name: 'daily', span: 'day', lengthMs: DAY_MS },
  { name: 'weekly', span: 'week', lengthMs: 7 * DAY_MS },
  { name: 'monthly', span: 'month', lengthMs: 30 * DAY_MS },
] as const

type Window = Subscription['windows'][number]

/** Subscriptions in force with their use (`contracts/sub2api.md 12`). */
export async function fetchSubscriptions(
  ctx: SiteContext,
  access: Access,
): Promise<Subscription[]> {
  const { path, items } = await fetchProgress(ctx, access)
  return items.map((item) => {
    const { user_id: owner } = item.subscription
    if (owner !== undefined) expectUser(owner, access, path)
    return toSubscription(item, ctx.now())
  })
}

/** With the progress of each, or without where the server has no such list. */
async function fetchProgress(
  ctx: SiteContext,
  access: Access,
): Promise<{ path: string; items: ProgressAnswer[] }> {
  try {
    const call = { path: PROGRESS }
    return { path: PROGRESS, items: await fetchData(ctx, access, call, z.array(progressSchema)) }
  } catch (thrown) {
    if (failureOf(thrown).class !== 'unsupported') throw thrown
    const active = await fetchData(ctx, access, { path: ACTIVE }, z.array(subscriptionSchema))
    return { path: ACTIVE, items: active.map((subscription) => ({ subscription })) }
  }
}

function toSubscription(item: ProgressAnswer, nowMs: number): Subscription {
  const { subscription, progress } = item
  const expiresAtMs = epochMs(subscription.expires_at)
  const isOver = expiresAtMs !== null && expiresAtMs <= nowMs
  const status = statusOf(subscription.status)
  return {
    id: String(subscription.id),
    name: (progress?.group_name || subscription.group?.name || '').slice(0, 200),
    status: status === 'active' && isOver ? 'expired' : status,
    ...(expiresAtMs === null ? {} : { expiresAtMs }),
    windows: WINDOWS.flatMap((window) => windowOf(item, window, nowMs) ?? []),
  }
}

/**
 * One window. Lists of progress leave out what is unlimited or has not begun: then the group tells
 * the limit, and without a group there is nothing to show.
 */
function windowOf(
  { subscription, progress }: ProgressAnswer,
  { name, span, lengthMs }: (typeof WINDOWS)[number],
  nowMs: number,
): Window | null {
  const told = progress?.[name]
  if (told) {
    const endsAtMs = epochMs(told.resets_at)
    return { span, limit: limitOf(told.limit_usd), ...consumed(told.used_usd, endsAtMs, nowMs) }
  }
  const { group } = subscription
  if (!group) return null
  const startMs = epochMs(subscription[`${name}_window_start`])
  const used = subscription[`${name}_usage_usd`]
  const endsAtMs = startMs === null ? null : startMs + lengthMs
  return { span, limit: limitOf(group[`${name}_limit_usd`]), ...consumed(used, endsAtMs, nowMs) }
}

/** Servers enforce only limits above 0. */
function limitOf(usd: number | null | undefined): number | null {
  return usd && usd > 0 ? usd : null
}

/** Use up to now. Servers forget the old window only with its first request after the end. */
function consumed(
  used: number | undefined,
  endsAtMs: number | null,
  nowMs: number,
): Pick<Window, 'used' | 'resetsAtMs'> {
  if (endsAtMs !== null && endsAtMs <= nowMs) return { used: complete(0) }
  return {
    used: used === undefined ? unavailable('unsupported') : complete(used),
    ...(endsAtMs === null ? {} : { resetsAtMs: endsAtMs }),
  }
}

function statusOf(status: string): Subscription['status'] {
  return status === 'active' || status === 'expired' || status === 'suspended' ? status : 'unknown'
}
